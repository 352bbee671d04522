from oscar.apps.communication import apps


class CommunicationConfig(apps.CommunicationConfig):
    name = "marketplace.messages"

    def ready(self) -> None:
        super().ready()
        from marketplace.messages import delivery  # noqa: F401
