"""How each bank wants payments described: data of banks.yaml, read once. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("banks.yaml")
PURPOSE_MAX, REMITTANCE_MAX = 35, 140


@dataclass(frozen=True)
class BankProfile:
    """Where a bank wants the codes КНП, КОд and КБе, and whether it tells of single movements (camt.054)."""

    purpose: str
    remittance: str
    notifications: bool
    kod: str
    kbe_company: str
    kbe_person: str

    def texts(self, *, knp: str, person: bool, invoice: str) -> tuple[str, str]:
        """Purp/Prtry and RmtInf/Ustrd of one payment, within their lengths."""
        kbe = self.kbe_person if person else self.kbe_company
        places = {"knp": knp, "kod": self.kod, "kbe": kbe, "invoice": invoice}
        return self.purpose.format(**places)[:PURPOSE_MAX], self.remittance.format(**places)[:REMITTANCE_MAX]


def profile_of(bank_code: str) -> BankProfile:
    """The profile of a bank by its BIC; the default one for a bank without its own."""
    read = _read()
    row = read["banks"].get(bank_code) or read["banks"]["default"]
    return BankProfile(
        purpose=row["purpose"],
        remittance=row["remittance"],
        notifications=bool(row["notifications"]),
        kod=read["kod"],
        kbe_company=read["kbe_company"],
        kbe_person=read["kbe_person"],
    )


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found
