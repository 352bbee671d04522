from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError

#: What a broken rule of an outline says to the person who drew it.
OUTLINE_RULES = {
    "not_geojson": _("This is not a GeoJSON outline."),
    "geometry_type": _("An outline is one polygon; %(found)s was found."),
    "hole": _("An outline has no holes: leave out the inner ring."),
    "too_few_positions": _("An outline needs at least four positions, first and last alike; %(found)s were found."),
    "ring_open": _("The outline is not closed: its last position has to repeat the first."),
    "lon_lat_swapped": _("Position %(position)s has latitude before longitude; longitude comes first."),
    "outside_region": _("Position %(position)s (%(lon)s, %(lat)s) lies outside the region."),
    "position_twice": _("A position stands twice in the outline once rounded to six decimals."),
    "position_shape": _("Position %(position)s is not a pair of numbers."),
    "straight_line": _("The outline is a straight line without area."),
    "sides_cross": _("The sides of the outline cross (%(where)s)."),
}


class ZoneRefused(DomainError):
    code = "zone_refused"
    message = _("This zone can't be registered.")


class OutlineRefused(ZoneRefused):
    """An outline broke a rule; ``rule`` names it, the text says it in words."""

    message = _("Zone %(zone)s: %(says)s")

    def __init__(self, *, zone: str, rule: str, **params: object) -> None:
        super().__init__(zone=zone, says=OUTLINE_RULES[rule] % params, rule=rule)
        self.code = rule


class ZoneFactMissing(ZoneRefused):
    code = "zone_fact_missing"
    message = _("Zone %(zone)s: %(field)s is missing or not understood.")


class ZoneCodeTaken(ZoneRefused):
    code = "zone_code_taken"
    message = _("The code %(code)s belongs to another zone.")


class ZonesOverlap(ZoneRefused):
    code = "zones_overlap"
    message = _("Zones %(zone)s and %(other)s of different holders overlap by %(ha)s ha.")


class FileUnreadable(ZoneRefused):
    code = "file_unreadable"
    message = _("The file is not GeoJSON: %(why)s")
