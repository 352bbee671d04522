from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kernel.access import role

office = role("office")


def frame(request: HttpRequest, here: str, **context: Any) -> dict[str, Any]:
    return {
        "work_name": _("OCOP office"),
        "work_place": str(request.user),
        "work_home": "/van-phong/",
        "here": here,
        **context,
    }
