"""Registering payees, filling instructions, keeping statements."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.contracts.vault import PayeeCard, StatementLines
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid
from demeu.kernel.ids import new_id
from demeu.vault.payees import queries, rules
from demeu.vault.payees.instruction import filled
from demeu.vault.payees.lists import read_list
from demeu.vault.payees.models import ListedEntry, ListRelease, Payee, PayeeCheck, RawStatement
from demeu.vault.payees.statement import lines_of
from demeu.vault.payees.statement_1c import is_1c, lines_of_1c
from demeu.vault.sealing.cipher import blind, seal, seal_bytes

LIST_NAME_MAX = 40


def register_payee(
    *, payee: UUID, name: str, number: str, iban: str, actor: str, state_names: Sequence[str] = ()
) -> PayeeCard:
    """Register under the reference that the asker chose; the same again changes nothing.

    Refuses `payee.no_name`, `payee.bin_invalid`, `payee.iban_invalid`, `payee.known_differently` and
    `payee.account_known`.
    """
    tidy, account = " ".join(name.split()), rules.iban_of(iban)
    if not tidy:
        raise invalid("payee.no_name")
    if not rules.is_payee_number(number):
        raise invalid("payee.bin_invalid")
    if account is None:
        raise invalid("payee.iban_invalid")
    with transaction.atomic():
        known = Payee.objects.filter(id=payee).first()
        if known is not None:
            _require_same(known, number, account)
            return queries.payee_card(payee)
        if Payee.objects.filter(bin_blind=blind("bin", number), iban_blind=blind("iban", account)).exists():
            raise conflict("payee.account_known")
        Payee.objects.create(
            id=payee,
            name=seal(payee, "payee.name", tidy),
            bin=seal(payee, "payee.bin", number),
            iban=seal(payee, "payee.iban", account),
            bin_blind=blind("bin", number),
            iban_blind=blind("iban", account),
            name_differs=bool(state_names) and all(rules.names_differ(tidy, one) for one in state_names),
            registered_by=actor,
            created_at=clock.now(),
        )
        record(actor=actor, action="payee.registered", subject=f"payee:{payee}")
        return queries.payee_card(payee)


@transaction.atomic
def check_payee(*, payee: UUID, how: str, actor: str) -> PayeeCard:
    """A second officer has asked the payee itself about its changed account; the first check stays.

    Refuses `payee.unknown`, `payee.account_not_changed`, `payee.checked_by_registrar`.
    """
    card = queries.payee_card(payee)
    if card.changed_at is None:
        raise conflict("payee.account_not_changed")
    if card.registered_by == actor:
        raise forbidden("payee.checked_by_registrar")
    _, made = PayeeCheck.objects.get_or_create(payee_id=payee, defaults={"how": how, "by": actor, "at": clock.now()})
    if made:
        record(actor=actor, action="payee.checked", subject=f"payee:{payee}", how=how)
    return queries.payee_card(payee)


@transaction.atomic
def import_list(*, name: str, content: bytes, actor: str) -> int:
    """Make a file the newest release of a sanctions list; how many entries it has. The same file again is no news.

    Refuses `list.unreadable`, `list.no_name`.
    """
    if not name or len(name) > LIST_NAME_MAX:
        raise invalid("list.no_name")
    entries = read_list(content)
    digest = hashlib.sha256(content).hexdigest()
    newest = ListRelease.objects.filter(name=name).order_by("-id").first()
    if newest is not None and newest.sha256 == digest:
        return newest.entries
    release = ListRelease.objects.create(name=name, sha256=digest, entries=len(entries), by=actor, at=clock.now())
    ListedEntry.objects.bulk_create(
        (
            ListedEntry(release=release, kind=kind, entry_blind=blind("listed", f"{kind}:{text}"))
            for kind, text in entries
        ),
        batch_size=5_000,
    )
    record(actor=actor, action="list.imported", subject=f"list:{name}", sha256=digest, entries=len(entries))
    return len(entries)


def fill_instruction(*, payout: UUID, payee: UUID, xml: str, actor: str) -> str:
    """The instruction with name and account in place of the reference.

    Refuses `payee.unknown`, `payee.screened`, `instruction.unreadable`, `instruction.foreign_payee`.
    """
    if queries.screened(payee):
        raise forbidden("payee.screened", payee=str(payee))
    account = queries.payee_account(payee)
    content = filled(xml, payee=payee, name=account.name, iban=account.iban)
    record(actor=actor, action="payee.instruction_filled", subject=f"payout:{payout}", payee=payee)
    return content


def extract_statement(*, xml: str) -> StatementLines:
    """Keep the raw statement sealed and give back its lines without names. Refuses `statement.unreadable`."""
    read = lines_of_1c if is_1c(xml) else lines_of
    lines = read(xml, own_iban=settings.DEMEU_VAULT_FUND_IBAN)
    content = xml.encode()
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        if not RawStatement.objects.filter(sha256=digest).exists():
            identifier = new_id()
            RawStatement.objects.bulk_create(
                [
                    RawStatement(
                        id=identifier,
                        sha256=digest,
                        xml=seal_bytes(identifier, "statement.xml", content),
                        at=clock.now(),
                    )
                ],
                ignore_conflicts=True,
            )
    return lines


def _require_same(known: Payee, number: str, account: str) -> None:
    same = bytes(known.bin_blind) == blind("bin", number) and bytes(known.iban_blind) == blind("iban", account)
    if not same:
        raise conflict("payee.known_differently")
