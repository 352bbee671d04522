import json
import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from themes import outlines, woven

MOST_BYTES = 40 * 1024 * 1024


class Command(BaseCommand):
    help = "Draw the regional map with official outlines (GeoJSON, WGS84, one feature a commune with its code)."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="GeoJSON FeatureCollection")
        parser.add_argument("--remove", action="store_true", help="back to the woven map")

    def handle(self, *args, file=None, remove=False, **options):
        target = woven.outlines_file()
        if remove:
            target.unlink(missing_ok=True)
            self.stdout.write("The woven map is shown again.")
            return
        if not file:
            raise CommandError("Name a GeoJSON file, or say --remove.")
        drawing = self._read(Path(file))
        target.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved, so that a page never reads half a file.
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(drawing, out)
        os.replace(name, target)
        self.stdout.write(
            f"{len(drawing['cells'])} outlines are shown from now on ({target.stat().st_size // 1024} KiB)."
        )

    def _read(self, path: Path) -> dict:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise CommandError(f"too_large: {path} has more than {MOST_BYTES // 1024 // 1024} MB")
            collection = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"unreadable: {error}") from None
        except (ValueError, RecursionError) as error:
            raise CommandError(f"not_json: {error}") from None
        wanted = {cell["code"]: cell["region"] for cell in woven.lattice()["cells"]}
        try:
            return outlines.drawing(collection, wanted)
        except outlines.OutlineError as error:
            raise CommandError(str(error)) from None
