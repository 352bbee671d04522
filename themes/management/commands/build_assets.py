from django.core.management.base import BaseCommand

from themes import assets


class Command(BaseCommand):
    help = "Join the style sheets and scripts of each kind of page into one file with its hash in the name."

    def handle(self, *args, **options):
        written = assets.build()
        for name, path in sorted(written.items()):
            size = (assets.build_folder().parent / path).stat().st_size
            self.stdout.write(f"{name:16} {size:7,} B  {path}")
