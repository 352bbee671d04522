"""The market's signing key: Ed25519, made from TRACE_SIGNING_KEY so that anyone may hold the public half."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def _secret() -> str:
    secret = getattr(settings, "TRACE_SIGNING_KEY", "") or (settings.SECRET_KEY if _may_borrow() else "")
    if not secret:
        raise ImproperlyConfigured("TRACE_SIGNING_KEY is needed to sign the trace log")
    return secret


def _may_borrow() -> bool:
    """Development and the demo sign with a key derived from SECRET_KEY; a real market sets its own."""
    return bool(settings.DEBUG or getattr(settings, "DEMO", False))


@lru_cache(maxsize=4)
def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"trace-signing\n" + secret.encode()).digest())


def public_key() -> str:
    return _key(_secret()).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def key_id() -> str:
    return hashlib.sha256(bytes.fromhex(public_key())).hexdigest()[:16]


def sign(message: bytes) -> str:
    return _key(_secret()).sign(message).hex()


def signature_holds(message: bytes, signature: str, public: str | None = None) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public or public_key()))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
