"""Production: secrets from the environment, HTTPS, hashed static files."""

from config.settings.base import *
from config.settings.env import env, report_missing, required

DEBUG = False
SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = [host for host in required("ALLOWED_HOSTS").split(",") if host]
SITE_URL = required("SITE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
TRACE_SIGNING_KEY = required("TRACE_SIGNING_KEY")
DEMO = env.bool("DEMO", default=False)
report_missing()
# The demo account never stands in for a real one.
VIETQR_BIN, VIETQR_ACCOUNT, VIETQR_NAME = (env(n, default="") for n in ("VIETQR_BIN", "VIETQR_ACCOUNT", "VIETQR_NAME"))

CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
OSCAR_BASKET_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
