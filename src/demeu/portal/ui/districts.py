"""The districts: nine digits of KATO and their names. Facts of the state classifier, no shapes."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from demeu.portal.ui.wording import language

FILE = Path(__file__).with_name("districts.csv")


class District(NamedTuple):
    """`code`: nine digits; the first two are the region's."""

    code: str
    kk: str
    ru: str
    en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return {"kk": self.kk, "en": self.en}.get(language(), self.ru)


@lru_cache(maxsize=1)
def districts() -> dict[str, District]:
    """All districts by code."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = (District(*line.split(";")) for line in lines if line and not line.startswith("#"))
    return {row.code: row for row in rows}


def districts_of(region: str) -> list[District]:
    """The districts of a region (two digits), by code."""
    return [row for code, row in sorted(districts().items()) if code.startswith(region)]
