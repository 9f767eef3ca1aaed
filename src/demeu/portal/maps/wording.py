"""Words of the map."""

from django.utils.translation import gettext_lazy as _

MEASURES = {
    "needs": _("Open cases"),
    "rest": _("Still to raise"),
    "money": _("Collected"),
    "share": _("Part collected"),
}
LOOKS = {"areas": _("Areas"), "tiles": _("Tiles"), "bubbles": _("Circles")}
# What fits into a tile; the whole name stands in the list.
SHORT = {
    "10": _("Abai"), "11": _("Akmola"), "15": _("Aktobe"), "19": _("Almaty reg."), "23": _("Atyrau"),
    "27": _("W. Kaz."),
    "31": _("Zhambyl"), "33": _("Zhetysu"), "35": _("Karaganda"), "39": _("Kostanay"), "43": _("Kyzylorda"),
    "47": _("Mangystau"), "55": _("Pavlodar"), "59": _("N. Kaz."), "61": _("Turkistan"), "62": _("Ulytau"),
    "63": _("E. Kaz."), "71": _("Astana"), "75": _("Almaty"), "79": _("Shymkent"),
}  # fmt: skip
