"""Account numbers of Kazakhstan: KZ, two check digits, three of the bank, thirteen of the account (ISO 13616).

Never checked with the library that the platform uses, so that one mistake cannot hide the other.
"""

import re

SANDBOX_BANK = "999"
GATEWAY_IBAN = "KZ13999EPAYGATEWAY01"
OUTSIDE_IBAN = "KZ06999CARDSCHEMES01"
_FORM = re.compile(r"KZ[0-9]{2}[0-9]{3}[A-Z0-9]{13}")


def is_kz_iban(text: str) -> bool:
    """Whether the text (no spaces, capitals) has the KZ form and a right check (remainder 1)."""
    return _FORM.fullmatch(text) is not None and _remainder(text) == 1


def make_kz_iban(account: str, bank: str = SANDBOX_BANK) -> str:
    """A valid IBAN for an account of 13 capitals and digits in a bank of three digits; raises ValueError."""
    iban = f"KZ{98 - _remainder(f'KZ00{bank}{account}'):02d}{bank}{account}"
    if not is_kz_iban(iban):
        raise ValueError("a bank has 3 digits, an account 13 capitals or digits")
    return iban


def spaced(iban: str) -> str:
    """In groups of four, as people read it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _remainder(iban: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97
