"""What this market is: names, demo mode, identifiers, payment and message providers, shop rules."""

from config.settings.env import VAR_DIR, env

SHOP_NAME = env("SHOP_NAME", default="Chợ phiên Kon Tum")
SHOP_NAME_GIVEN = bool(env("SHOP_NAME", default=""))
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_ID = 1
DEMO = env.bool("DEMO", default=True)
DEMO_PASSWORD = env("DEMO_PASSWORD", default="")
GS1_PREFIX = env("GS1_PREFIX", default="952")
THEME_BRAND = env("THEME_BRAND", default="")

VIETQR_BIN = env("VIETQR_BIN", default="970405" if DEMO else "")
VIETQR_ACCOUNT = env("VIETQR_ACCOUNT", default="0000000952" if DEMO else "")
VIETQR_NAME = env("VIETQR_NAME", default="CHO OCOP KON TUM (DEMO)" if DEMO else "")
BANK_WEBHOOK_SECRET = env("BANK_WEBHOOK_SECRET", default="")
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="")
STRIPE_PUBLISHABLE_KEY = env("STRIPE_PUBLISHABLE_KEY", default="")
STRIPE_WEBHOOK_SECRET = env("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_API_BASE = env("STRIPE_API_BASE", default="")
TRACE_SIGNING_KEY = env("TRACE_SIGNING_KEY", default="")
TRACE_MASS_BALANCE = env("TRACE_MASS_BALANCE", default="refuse")
SMS_URL = env("SMS_URL", default="")
OUTBOX_DIR = VAR_DIR / "outbox"
SENTRY_DSN = env("SENTRY_DSN", default="")

HOLD_SECONDS_PREPAID = env.int("HOLD_SECONDS_PREPAID", default=1800)
HOLD_SECONDS_LIVE = env.int("HOLD_SECONDS_LIVE", default=600)
ORDER_LINK_DAYS = env.int("ORDER_LINK_DAYS", default=60)

EMAIL_CONFIG = env.email("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = EMAIL_CONFIG.get("EMAIL_FILE_PATH") or str(VAR_DIR / "outbox" / "mail")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="cho-ocop@localhost")

# Query parameters that cached pages may read; all others are dropped before the view (kernel.pagecache).
PAGE_CACHE = env("PAGE_CACHE", default="on") != "off"
PAGE_CACHE_PARAMETERS = {
    "q",
    "trang",
    "sap-xep",
    "nhom",
    "bo",
    "sao",
    "nha-san-xuat",
    "huyen",
    "xa",
    "gia-tu",
    "gia-den",
    "con-hang",
    "tinh",
    "goi",
    "linkType",
    "tab",
}

# Cash on delivery: the dearest order in đồng, and how many unpaid ones one phone number may have on the way.
COD_LIMIT = env.int("COD_LIMIT", default=5_000_000)
COD_OPEN_LIMIT = env.int("COD_OPEN_LIMIT", default=5)
# Days after delivery until a seller sees the buyer's name and number only in part.
BUYER_MASK_DAYS = env.int("BUYER_MASK_DAYS", default=30)
SELLER_ACCEPT_HOURS = env.int("SELLER_ACCEPT_HOURS", default=12)
SMS_FILE = str(OUTBOX_DIR / "sms.log")
CARRIER_WEBHOOK_SECRET = env("CARRIER_WEBHOOK_SECRET", default="")
