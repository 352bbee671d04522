"""Tests: a file database (threads need it), fast hashes, no brakes unless a test asks for them."""

import os

from config.settings.base import *
from config.settings.env import VAR_DIR

DEBUG = False
SECRET_KEY = "test-only-key"
ALLOWED_HOSTS = ["*"]
DEMO = True
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAGE_CACHE = False
AXES_ENABLED = False
RATE_LIMITS = False
TRACE_SIGNING_KEY = "test-only-trace-key"
BANK_WEBHOOK_SECRET = "test-only-bank-secret"
STRIPE_WEBHOOK_SECRET = "whsec_test"
STRIPE_SECRET_KEY = STRIPE_SECRET_KEY or "sk_test_ocop"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = VAR_DIR / "test-media" / _worker
PRIVATE_ROOT = VAR_DIR / "test-private" / _worker
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    },
}
SEARCH_INDEX_DIR = VAR_DIR / "test-search" / _worker
SEARCH_INDEX_NAME = f"ocop-test-{_worker}"
OUTBOX_DIR = VAR_DIR / "test-outbox" / _worker
SMS_FILE = str(VAR_DIR / "test-outbox" / _worker / "sms.log")
CARRIER_WEBHOOK_SECRET = "test-only-carrier-secret"
SEARCH_DEADLINE = 20.0
if "Redis" in CACHES["default"]["BACKEND"]:
    # Tests clear the cache, which empties the whole Redis database: each test process has one of its own.
    _number = 8 + int(_worker.removeprefix("gw")) if _worker.startswith("gw") else 7
    CACHES = {
        "default": {**CACHES["default"], "LOCATION": CACHES["default"]["LOCATION"].rpartition("/")[0] + f"/{_number}"}
    }
