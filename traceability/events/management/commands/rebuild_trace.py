from django.core.management.base import BaseCommand

from traceability.events.derive import rebuild


class Command(BaseCommand):
    help = "Make the derived tables (edges, containments, movements) anew from the events."

    def handle(self, *args, **options):
        counts = rebuild()
        self.stdout.write(", ".join(f"{n} {name}" for name, n in counts.items()))
