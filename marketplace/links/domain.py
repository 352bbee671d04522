"""Short codes, and who is a machine that only looks."""

import re
import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
DAYS = 7
_MACHINES = re.compile(
    r"bot|crawl|spider|preview|facebookexternalhit|facebot|whatsapp|telegram|slack|skype|zalo(?!.*mobile)|discord|"
    r"embed|curl|wget|python|java/|go-http|headless|lighthouse|monitor|fetch",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)
# The browsers inside these apps are people; their link previews call themselves otherwise.
_IN_APP = re.compile(r"\b(FBAN|FBAV|FB_IAB|Instagram|Zalo|BytedanceWebview|musical_ly|TikTok)\b", re.IGNORECASE)


def new_code() -> str:
    """Eight letters, about 39 bits: short to type, not worth guessing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def is_machine(agent: str, purpose: str = "") -> bool:
    """A preview or a crawler; somebody without a name counts as one."""
    if _AHEAD.search(purpose) or not agent:
        return True
    if _IN_APP.search(agent) and "mozilla" in agent.lower():
        return bool(re.search(r"externalhit|facebot|bot\b", agent, re.IGNORECASE))
    return bool(_MACHINES.search(agent))
