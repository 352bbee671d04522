"""Search engine: embedded tantivy unless SEARCH_URL names an Elasticsearch 8."""

from config.settings.env import VAR_DIR, env

SEARCH_URL = env("SEARCH_URL", default="")
SEARCH_INDEX_DIR = VAR_DIR / "search"
SEARCH_INDEX_NAME = env("SEARCH_INDEX_NAME", default="ocop")
SEARCH_DEADLINE = env.float("SEARCH_DEADLINE", default=1.0)  # seconds a page waits for Elasticsearch
