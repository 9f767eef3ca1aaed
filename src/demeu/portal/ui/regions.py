"""The 20 regions: KATO prefix, names, centre, and where its bubble stands on the outline of the country.

Names and codes: State classifier KATO; centres: regional capitals, WGS 84. No statistics here.
"""

from math import cos, radians
from typing import NamedTuple

from django.utils.translation import get_language

WEST_DEG, NORTH_DEG, SCALE_PX = 46.2, 55.8, 36
SQUEEZE = cos(radians(48))
# Neighbouring capitals stand closer than their bubbles are wide.
NUDGES_PX = {"19": (6, -22), "33": (14, -14), "75": (0, 14), "79": (8, 18), "61": (-10, -6), "31": (16, 0)}


class Region(NamedTuple):
    """`code` is the first two digits of KATO; the centre is in degrees."""

    code: str
    kk: str
    ru: str
    en: str
    lat: float
    lon: float

    def name(self, lang: str | None = None) -> str:
        """The name in this language, or in the reader's."""
        return {"kk": self.kk, "en": self.en}.get(lang or get_language() or "ru", self.ru)

    def place(self) -> tuple[float, float]:
        """x, y on the 1000 × 560 outline of `web/map/outline.js`."""
        right, down = NUDGES_PX.get(self.code, (0, 0))
        return (self.lon - WEST_DEG) * SQUEEZE * SCALE_PX + right, (NORTH_DEG - self.lat) * SCALE_PX + down


_TABLE = (
    Region("10", "Абай облысы", "Область Абай", "Abai Region", 50.4111, 80.2275),
    Region("11", "Ақмола облысы", "Акмолинская область", "Akmola Region", 53.2833, 69.3833),
    Region("15", "Ақтөбе облысы", "Актюбинская область", "Aktobe Region", 50.2839, 57.1669),
    Region("19", "Алматы облысы", "Алматинская область", "Almaty Region", 43.88, 77.07),
    Region("23", "Атырау облысы", "Атырауская область", "Atyrau Region", 47.0945, 51.9238),
    Region("27", "Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan Region", 51.2278, 51.3865),
    Region("31", "Жамбыл облысы", "Жамбылская область", "Zhambyl Region", 42.9, 71.3667),
    Region("33", "Жетісу облысы", "Область Жетісу", "Zhetysu Region", 45.0156, 78.3739),
    Region("35", "Қарағанды облысы", "Карагандинская область", "Karaganda Region", 49.8064, 73.0855),
    Region("39", "Қостанай облысы", "Костанайская область", "Kostanay Region", 53.2144, 63.6246),
    Region("43", "Қызылорда облысы", "Кызылординская область", "Kyzylorda Region", 44.85, 65.48),
    Region("47", "Маңғыстау облысы", "Мангистауская область", "Mangystau Region", 43.6532, 51.1975),
    Region("55", "Павлодар облысы", "Павлодарская область", "Pavlodar Region", 52.2873, 76.9674),
    Region(
        "59", "Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan Region", 54.8753, 69.1628
    ),
    Region("61", "Түркістан облысы", "Туркестанская область", "Turkistan Region", 43.3, 68.25),
    Region("62", "Ұлытау облысы", "Область Ұлытау", "Ulytau Region", 47.7964, 67.702),
    Region(
        "63", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region", 49.9483, 82.6275
    ),
    Region("71", "Астана қаласы", "Астана", "Astana", 51.1694, 71.4491),
    Region("75", "Алматы қаласы", "Алматы", "Almaty", 43.2389, 76.8897),
    Region("79", "Шымкент қаласы", "Шымкент", "Shymkent", 42.3417, 69.5901),
)
REGIONS: dict[str, Region] = {region.code: region for region in _TABLE}


# What is shown of a case whose family would be found even by its region.
COUNTRY = Region("00", "Қазақстан", "Казахстан", "Kazakhstan", 48.0, 67.0)


def region_name(code: str, lang: str | None = None) -> str:
    """The region's name by its KATO code of two or nine digits; an unknown code is returned as it is."""
    region = COUNTRY if code[:2] == COUNTRY.code else REGIONS.get(code[:2])
    return region.name(lang) if region else code
