from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    name = "search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        super().ready()
        from search import receivers  # noqa: F401
