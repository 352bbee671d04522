"""django-oscar. Haystack stays installed with its simple backend only because Oscar imports it."""

from oscar.defaults import *

OSCAR_SHOP_NAME = "Chợ phiên Kon Tum"
OSCAR_DEFAULT_CURRENCY = "VND"
OSCAR_CURRENCY_LOCALE = "vi_VN"
OSCAR_SLUG_FUNCTION = "kernel.text.slugify_vi"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "country")
OSCAR_GOOGLE_ANALYTICS_ID = None
OSCAR_HIDDEN_FEATURES = ["wishlists"]
OSCAR_OFFER_ROUNDING_FUNCTION = "kernel.money.oscar_round"
OSCAR_BASKET_COOKIE_OPEN = "ocop_basket"
OSCAR_BASKET_COOKIE_LIFETIME = 30 * 24 * 60 * 60
OSCAR_BASKET_COOKIE_SECURE = False
OSCAR_INITIAL_ORDER_STATUS = "awaiting_payment"
OSCAR_INITIAL_LINE_STATUS = "open"
# Order states move only through marketplace.orders.services, so Oscar's own pipeline stays empty.
OSCAR_ORDER_STATUS_PIPELINE: dict[str, tuple[str, ...]] = {}
OSCAR_LINE_STATUS_PIPELINE: dict[str, tuple[str, ...]] = {}
OSCAR_SAVE_SENT_EMAILS_TO_DB = False

HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
