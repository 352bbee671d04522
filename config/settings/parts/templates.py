"""Templates and middleware, which meet in what a page gets."""

from config.settings.env import BASE_DIR
from config.settings.parts.market import THEME_BRAND

_brand = [BASE_DIR / "themes" / THEME_BRAND / "templates"] if THEME_BRAND else []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*_brand, BASE_DIR / "themes" / "base" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"ui": "themes.templatetags.ui"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
                "config.context.shop",
                "cms.navigation.context.navigation",
                "themes.context_processors.look",
            ],
        },
    }
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kernel.pagecache.PageCacheMiddleware",
    "kernel.middleware.RequestContextMiddleware",
    "kernel.middleware.AdminPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "kernel.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kernel.csrf.OriginCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.baskets.middleware.BasketMiddleware",
    "axes.middleware.AxesMiddleware",
    "marketplace.accounts.middleware.SecondStepMiddleware",
    "kernel.middleware.DomainErrorMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
