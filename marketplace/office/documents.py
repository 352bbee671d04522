"""Scans that come in: judged by their first bytes, kept in the private storage under a name of our own."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from kernel.pictures.domain import HeaderFault, inspect
from marketplace.office.errors import DocumentRefused

MOST = 10 * 1024 * 1024


def document_keep(file: Any) -> str:
    """The name in the private storage. Raises: DocumentRefused for anything but a PDF or a photo."""
    data = file.read(MOST + 1)
    if len(data) > MOST or not data:
        raise DocumentRefused
    if data.startswith(b"%PDF-") and b"/JavaScript" not in data and b"/Launch" not in data:
        kind = "pdf"
    else:
        try:
            kind = inspect(data).kind
        except HeaderFault:
            raise DocumentRefused from None
    return storages["private"].save(f"papers/{secrets.token_hex(12)}.{kind}", ContentFile(data))
