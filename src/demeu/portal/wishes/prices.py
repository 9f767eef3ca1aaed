"""Reading the dated price list."""

from functools import lru_cache
from pathlib import Path

import yaml

from demeu.portal.wishes.rules import Price, PriceList


@lru_cache(maxsize=1)
def price_list() -> PriceList:
    """The list in force."""
    dated = yaml.safe_load((Path(__file__).parent / "prices.yaml").read_text())
    prices = tuple(
        Price(
            code=row["code"],
            names={lang: row[lang] for lang in ("kk", "ru", "en")},
            unit_price_tiyn=row["unit_price_tiyn"],
            unit_price_max_tiyn=row["unit_price_max_tiyn"],
            quantity_max=row["quantity_max"],
            from_need=frozenset(row["from_need"]),
            service_need=row["service_need"],
            details=tuple(row["details"]),
            paid_to=tuple(row["paid_to"]),
        )
        for row in dated["items"]
    )
    return PriceList(prices, dated["case_amount_max_tiyn"])
