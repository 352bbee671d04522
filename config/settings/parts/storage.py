"""Static and media files. MEDIA_STORAGE_URL (s3://key:secret@host/bucket) moves media off the machine."""

from urllib.parse import urlparse

from config.settings.env import BASE_DIR, VAR_DIR, env
from config.settings.parts.market import THEME_BRAND

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
# The brand's files come first; the joined page styles lie in a folder git ignores.
THEME_BUILD_DIR = VAR_DIR / "assets"
(THEME_BUILD_DIR / "build").mkdir(parents=True, exist_ok=True)
_brand = [BASE_DIR / "themes" / THEME_BRAND / "static"] if THEME_BRAND else []
STATICFILES_DIRS = [*_brand, BASE_DIR / "themes" / "base" / "static", THEME_BUILD_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_media_url = env("MEDIA_STORAGE_URL", default="")
if _media_url:
    _parts = urlparse(_media_url)
    _s3 = {
        "access_key": _parts.username,
        "secret_key": _parts.password,
        "endpoint_url": f"https://{_parts.hostname}" + (f":{_parts.port}" if _parts.port else ""),
        "bucket_name": _parts.path.strip("/"),
        "querystring_auth": False,
    }
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3}
    STORAGES["private"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**_s3, "location": "private", "querystring_auth": True},
    }
MEDIA_ROOT_IS_REMOTE = bool(_media_url)
THUMBNAIL_DEBUG = False
# Names that carry a hash of their content may be kept for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{10,12}\.\w+$"
