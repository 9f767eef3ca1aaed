"""Words for the map's refusals."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "map.not_geojson": _("This is not GeoJSON with areas and their codes (property kato)."),
    "map.no_area": _("The place %(place)s has no area."),
    "map.outside": _("The place %(place)s lies outside Kazakhstan; coordinates must be WGS 84, longitude first."),
    "map.other_places": _("The file must hold all twenty regions or all districts; %(count)s differ, first %(first)s."),
    "map.too_detailed": _("The boundaries cannot be made smaller than %(most)s bytes."),
    "map.no_credit": _("Name the source and licence of the boundaries: they are shown beside the map."),
}
