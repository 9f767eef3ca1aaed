"""What vault says of a payee without saying who it is: listed, related, a shared or changed account, another name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from demeu.contracts.vault import PayeeScreened
from demeu.vault.payees.models import ListedEntry, ListRelease, Payee, PayeeCheck
from demeu.vault.payees.rules import is_bin, name_key, names_differ
from demeu.vault.people.models import Person
from demeu.vault.people.rules import is_iin
from demeu.vault.sealing.cipher import blind, unseal


def listed_codes(*, name: str, number: str) -> tuple[str, ...]:
    """What the newest releases of all imported lists say: `sanctions.number`, `sanctions.name`."""
    newest = ListRelease.objects.values("name").annotate(newest=Max("id")).values("newest")
    wanted = {"number": blind("listed", f"number:{number}"), "name": blind("listed", f"name:{name_key(name)}")}
    found = ListedEntry.objects.filter(release__in=newest, entry_blind__in=list(wanted.values()))
    kinds = set(found.values_list("kind", flat=True))
    return tuple(f"sanctions.{kind}" for kind in ("number", "name") if kind in kinds)


def screening(row: Payee, codes: tuple[str, ...], *, officers: Sequence[UUID], donors: Sequence[UUID]) -> PayeeScreened:
    """Codes against the payee with everything else that an approver should know, and since when its account is so."""
    earlier = _earlier_accounts(row).exists()
    checked = PayeeCheck.objects.filter(payee=row).exists()
    return PayeeScreened(
        codes=codes,
        signs=tuple(_signs(row, changed=earlier, checked=checked, officers=officers, donors=donors)),
        changed_at=changed_since(row),
    )


def changed_since(row: Payee) -> datetime | None:
    """Since when this account replaces another one of the same payee; None when it is the first."""
    return row.created_at if _earlier_accounts(row).exists() else None


def _signs(row: Payee, *, changed: bool, checked: bool, officers: Sequence[UUID], donors: Sequence[UUID]) -> list[str]:
    found = []
    if Payee.objects.filter(iban_blind=row.iban_blind).exclude(bin_blind=row.bin_blind).exists():
        found.append("account_shared")
    if changed:
        found.append("account_changed")
        found += [] if checked else ["account_unchecked"]
    if _name_differs(row):
        found.append("name_differs")
    number = unseal(row.id, "payee.bin", row.bin)
    if is_iin(number) and not is_bin(number):
        found.append("natural_person")
        related = Person.objects.filter(iin_blind=blind("iin", number))
        found += ["related_officer"] if related.filter(pk__in=officers).exists() else []
        found += ["related_donor"] if related.filter(pk__in=donors).exists() else []
    return found


def _earlier_accounts(row: Payee) -> QuerySet[Payee]:
    same = Payee.objects.filter(bin_blind=row.bin_blind).exclude(iban_blind=row.iban_blind)
    return same.filter(created_at__lt=row.created_at)


def _name_differs(row: Payee) -> bool:
    """Against the state's name and against every other record of the same number."""
    own = unseal(row.id, "payee.name", row.name)
    others = [unseal(one.id, "payee.name", one.name) for one in Payee.objects.filter(bin_blind=row.bin_blind)]
    return row.name_differs or any(names_differ(own, other) for other in others)
