"""A backup is a folder: the database, the files, the trace's checkpoint, and a manifest with a checksum of each."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


class DamagedBackup(Exception):
    """The set is not what the manifest says."""


def checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


def folders() -> dict[str, Path]:
    """Local files that belong to the shop, by the name of their archive."""
    found = {"private": Path(settings.PRIVATE_ROOT)}
    if not settings.MEDIA_ROOT_IS_REMOTE:
        found["media"] = Path(settings.MEDIA_ROOT)
    return found


def write(target: Path) -> dict[str, Any]:
    """Write a set into the empty or new folder `target`; gives its manifest. Raises FileExistsError."""
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(target)
    target.mkdir(parents=True, exist_ok=True)
    kind = connection.vendor
    names = [_dump(target, kind)]
    for name, folder in folders().items():
        archive = target / f"{name}.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            if folder.exists():
                tar.add(folder, arcname=".")
        names.append(archive.name)
    names += _checkpoint(target)
    manifest = {
        "database": kind,
        "files": {n: {"sha256": checksum(target / n), "bytes": (target / n).stat().st_size} for n in names},
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return manifest


def _dump(target: Path, kind: str) -> str:
    config = connection.settings_dict
    if kind == "sqlite":
        copy = target / "db.sqlite3"
        with sqlite3.connect(str(config["NAME"])) as source, sqlite3.connect(copy) as to:
            source.backup(to)
        return copy.name
    copy = target / "db.dump"
    subprocess.run(["pg_dump", "--format=custom", f"--file={copy}", _pg_url(config)], check=True)
    return copy.name


def _pg_url(config: dict[str, Any]) -> str:
    login = f"{config['USER']}:{config['PASSWORD']}@" if config["USER"] else ""
    port = f":{config['PORT']}" if config["PORT"] else ""
    return f"postgresql://{login}{config['HOST']}{port}/{config['NAME']}"


def _checkpoint(target: Path) -> list[str]:
    """The signed head of the trace log, where it can be made."""
    from django.core.management import call_command

    try:
        with (target / "checkpoint.json").open("w") as file:
            call_command("export_checkpoint", stdout=file)
    except Exception:
        (target / "checkpoint.json").unlink(missing_ok=True)
        return []
    return ["checkpoint.json"]


def check(source: Path) -> dict[str, Any]:
    """The manifest of a whole set. Raises DamagedBackup naming the first thing that is wrong."""
    try:
        manifest = json.loads((source / MANIFEST).read_text())
        files = manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedBackup(f"no readable manifest in {source}") from error
    for name, known in files.items():
        path = source / name
        if Path(name).name != name or not path.is_file():
            raise DamagedBackup(f"{name} is missing")
        if checksum(path) != known["sha256"]:
            raise DamagedBackup(f"{name} is not what was backed up")
    if manifest.get("database") != connection.vendor:
        raise DamagedBackup(f"this is a backup of {manifest.get('database')}, the shop runs on {connection.vendor}")
    return manifest


def read(source: Path) -> dict[str, Any]:
    """Put a set back, after all of it was checked. What is there now is replaced. Raises: DamagedBackup."""
    manifest = check(source)
    config = connection.settings_dict
    connections.close_all()
    if manifest["database"] == "sqlite":
        with sqlite3.connect(source / "db.sqlite3") as kept, sqlite3.connect(str(config["NAME"])) as live:
            kept.backup(live)
    else:
        subprocess.run(
            ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
             f"--dbname={_pg_url(config)}", str(source / "db.dump")], check=True,
        )  # fmt: skip
    for name, folder in folders().items():
        archive = source / f"{name}.tar.gz"
        if archive.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
    return manifest
