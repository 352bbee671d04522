import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config import backup
from marketplace.inventory.models import Stock
from tests.factories import market

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the other database needs its own tools"),
]


@pytest.fixture
def place(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.webp").write_bytes(b"picture")
    return tmp_path


def test_a_backup_brings_back_rows_and_files(place):
    item = market.product(stock=7)
    call_command("backup", place / "set")
    Stock.objects.filter(product=item).update(on_hand=1)
    (place / "media" / "a.webp").write_bytes(b"spoilt")

    call_command("restore", place / "set")

    assert Stock.objects.get(product=item).on_hand == 7
    assert (place / "media" / "a.webp").read_bytes() == b"picture"


@pytest.mark.parametrize("name", ["db.sqlite3", "media.tar.gz", "manifest.json"])
def test_a_damaged_set_is_refused_and_nothing_is_touched(place, name):
    item = market.product(stock=7)
    call_command("backup", place / "set")
    Stock.objects.filter(product=item).update(on_hand=1)
    data = bytearray((place / "set" / name).read_bytes())
    data[len(data) // 2] ^= 0xFF
    (place / "set" / name).write_bytes(data)

    with pytest.raises(CommandError, match="refused"):
        call_command("restore", place / "set")

    assert Stock.objects.get(product=item).on_hand == 1


def test_a_missing_file_and_a_full_folder_are_said(place):
    call_command("backup", place / "set")
    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", place / "set")
    (place / "set" / "media.tar.gz").unlink()

    with pytest.raises(backup.DamagedBackup, match="missing"):
        backup.check(place / "set")


def test_the_copy_is_a_database_of_its_own(place):
    market.product(stock=7)
    call_command("backup", place / "set")

    with sqlite3.connect(place / "set" / "db.sqlite3") as copy:
        assert copy.execute("SELECT sum(on_hand) FROM inventory_stock").fetchone() == (7,)
