"""Development and `make run`: everything embedded, nothing secret."""

from config.settings.base import *
from config.settings.env import env

# Off unless asked for, so that a newcomer sees the shop's own error pages; DEBUG=1 opens /dev/components/.
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="development-only-key-never-used-in-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
TRACE_SIGNING_KEY = TRACE_SIGNING_KEY or "development-only-trace-key"
BANK_WEBHOOK_SECRET = BANK_WEBHOOK_SECRET or ("development-only-bank-secret" if DEMO else "")
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)  # nothing is collected here; WhiteNoise only wants the folder to exist
WHITENOISE_AUTOREFRESH = env.bool("WHITENOISE_AUTOREFRESH", default=False)
