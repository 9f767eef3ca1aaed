"""Reading payees."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from demeu.contracts.vault import PayeeCard, PayeeScreened
from demeu.kernel.errors import not_found
from demeu.vault.payees import rules, signs
from demeu.vault.payees.models import Payee, PayeeCheck
from demeu.vault.sealing.cipher import unseal

PAYEES_MAX = 1_000


@dataclass(frozen=True)
class Account:
    """Name and account of a payee, for one instruction."""

    name: str
    iban: str


def payee_card(payee: UUID) -> PayeeCard:
    """What a finance officer sees. Refuses `payee.unknown`."""
    return _card(_row(payee))


def all_payees() -> tuple[PayeeCard, ...]:
    """All payees, in the order of their registration."""
    return tuple(_card(row) for row in Payee.objects.order_by("created_at", "id")[:PAYEES_MAX])


def payee_account(payee: UUID) -> Account:
    """Name and full account. Refuses `payee.unknown`."""
    row = _row(payee)
    return Account(unseal(row.id, "payee.name", row.name), unseal(row.id, "payee.iban", row.iban))


def screened(payee: UUID) -> tuple[str, ...]:
    """Codes of what the file and the imported lists say of a payee; none is good. Refuses `payee.unknown`."""
    row = _row(payee)
    path = Path(settings.DEMEU_VAULT_SANCTIONS)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    name, number = unseal(row.id, "payee.name", row.name), unseal(row.id, "payee.bin", row.bin)
    codes = rules.screening_codes(lines, name=name, number=number)
    return tuple(dict.fromkeys((*codes, *signs.listed_codes(name=name, number=number))))


def screening(payee: UUID, *, officers: Sequence[UUID] = (), donors: Sequence[UUID] = ()) -> PayeeScreened:
    """Everything that treasury may know of a payee before it pays. Refuses `payee.unknown`."""
    return signs.screening(_row(payee), screened(payee), officers=officers, donors=donors)


def _row(payee: UUID) -> Payee:
    row = Payee.objects.filter(id=payee).first()
    if row is None:
        raise not_found("payee.unknown")
    return row


def _card(row: Payee) -> PayeeCard:
    return PayeeCard(
        payee=row.id,
        name=unseal(row.id, "payee.name", row.name),
        bin=unseal(row.id, "payee.bin", row.bin),
        masked_iban=rules.masked_iban(unseal(row.id, "payee.iban", row.iban)),
        changed_at=signs.changed_since(row),
        checked_at=PayeeCheck.objects.filter(payee=row).values_list("at", flat=True).first(),
        registered_by=row.registered_by,
    )
