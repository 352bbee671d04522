"""Installed apps. Oscar's core apps come before its dashboard; a fork keeps Oscar's label."""

DJANGO_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

WAGTAIL_APPS = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail.locales",
    "wagtail.contrib.simple_translation",
    "modelcluster",
    "taggit",
    "modelsearch",
]

LIBRARIES = [
    "widget_tweaks",
    "haystack",
    "treebeard",
    "sorl.thumbnail",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

# Our shared floor first: `accounts` carries the user model that everything points at.
FLOOR = [
    "kernel.apps.KernelConfig",
    "kernel.audit.apps.AuditConfig",
    "kernel.outbox.apps.OutboxConfig",
    "kernel.pictures.apps.PicturesConfig",
    "marketplace.accounts.apps.AccountsConfig",
]

OSCAR_APPS = [
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "marketplace.checkout.apps.CheckoutConfig",
    "marketplace.addresses.apps.AddressConfig",
    "marketplace.shipping.apps.ShippingConfig",
    "catalog.products.apps.CatalogueConfig",
    "catalog.products.reviews.apps.CatalogueReviewsConfig",
    "marketplace.messages.apps.CommunicationConfig",
    "marketplace.sellers.apps.PartnerConfig",
    "marketplace.baskets.apps.BasketConfig",
    "marketplace.payments.apps.PaymentConfig",
    "marketplace.offers.apps.OfferConfig",
    "marketplace.orders.apps.OrderConfig",
    "marketplace.customers.apps.CustomerConfig",
    "search.apps.SearchConfig",
    "marketplace.vouchers.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "marketplace.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "marketplace.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
]

OUR_APPS = [
    "catalog.places.apps.PlacesConfig",
    "catalog.producers.apps.ProducersConfig",
    "catalog.certification.apps.CertificationConfig",
    "catalog.bundles.apps.BundlesConfig",
    "traceability.ledger.apps.LedgerConfig",
    "traceability.zones.apps.ZonesConfig",
    "traceability.events.apps.EventsConfig",
    "traceability.lots.apps.LotsConfig",
    "traceability.scans.apps.ScansConfig",
    "traceability.recalls.apps.RecallsConfig",
    "traceability.labels.apps.LabelsConfig",
    "traceability.passports.apps.PassportsConfig",
    "traceability.resolver.apps.ResolverConfig",
    "themes.apps.ThemesConfig",
    "catalog.pictures.apps.ProductPicturesConfig",
    "marketplace.storefront.apps.StorefrontConfig",
    "marketplace.inventory.apps.InventoryConfig",
    "config.apps.ConfigConfig",
]

INSTALLED_APPS = [*DJANGO_APPS, *FLOOR, *WAGTAIL_APPS, *LIBRARIES, *OSCAR_APPS, *OUR_APPS]
