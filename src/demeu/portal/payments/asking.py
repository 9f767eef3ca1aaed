"""What the desks ask of treasury and vault. Names and accounts are shown within one request and never kept."""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from demeu.contracts import treasury, vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, Refusal, conflict, forbidden, suppressed
from demeu.kernel.money import format_tenge
from demeu.kernel.operations import Empty
from demeu.portal.accounts.entrance import begin_signature, complete_signature, language
from demeu.portal.accounts.rules import Actor
from demeu.portal.payments.queries import Delivery
from demeu.portal.payments.rules import approving_role

ATTEMPTS = "payout_attempts"
ATTEMPTS_KEPT = 20


def payouts(actor: Actor, states: Sequence[str] = (), case: UUID | None = None) -> tuple[treasury.Payout, ...]:
    """Payouts, newest first."""
    body = treasury.PayoutFilter(states=tuple(states), case=case, limit=200)
    return ask("treasury", treasury.PAYOUT_LIST, body, actor=actor.name, purpose=Purpose.PAYOUT).payouts


def payout(actor: Actor, identifier: UUID) -> treasury.Payout:
    """One payout."""
    body = treasury.PayoutQuestion(payout=identifier)
    return ask("treasury", treasury.PAYOUT_SHOW, body, actor=actor.name, purpose=Purpose.PAYOUT)


def money_of(actor: Actor, case: UUID) -> treasury.CaseMoney | None:
    """Money of a case and its items; None when the treasury does not know the case."""
    body = treasury.CasesQuestion(cases=(case,))
    found = ask("treasury", treasury.MONEY_OF_CASES, body, actor=actor.name, purpose=Purpose.PAYOUT).cases
    return found[0] if found else None


def payees(actor: Actor) -> dict[UUID, vault.PayeeCard]:
    """All payees by reference."""
    found = ask("vault", vault.PAYEE_LIST, Empty(), actor=actor.name, purpose=Purpose.PAYOUT).payees
    return {card.payee: card for card in found}


def payees_if_there(actor: Actor) -> dict[UUID, vault.PayeeCard]:
    """All payees; none while vault is away: references are shown then."""
    with suppressed(Kind.UNAVAILABLE):
        return payees(actor)
    return {}


def names_of_open_organization(actor: Actor, number: str) -> tuple[str, ...]:
    """Its names in the state database of legal entities. Refuses one called closed: `payee.organization_closed`.

    One that it does not know (a sole proprietor has an IIN), and a silent database, are no reason to refuse.
    """
    question = vault.OrganizationQuestion(bin=number)
    found = None
    with suppressed(Kind.UNAVAILABLE, Kind.INVALID):
        found = ask("vault", vault.ORGANIZATION, question, actor=actor.name, purpose=Purpose.PAYOUT, deadline_s=6)
    if found is not None and found.known and not found.active:
        raise conflict("payee.organization_closed")
    return tuple(name for name in (found.name_ru, found.name_kk) if name) if found is not None else ()


def register_payee(actor: Actor, *, payee: UUID, name: str, number: str, iban: str) -> vault.PayeeCard:
    """Register a payee under the reference made with the form."""
    names = names_of_open_organization(actor, number)
    body = vault.PayeeRegister(payee=payee, name=name, bin=number, iban=iban, state_names=names)
    digest = hashlib.sha256(f"{name}|{number}|{iban}".encode()).hexdigest()[:16]
    key = f"payee-{payee}-{digest}"
    return ask("vault", vault.PAYEE_REGISTER, body, actor=actor.name, purpose=Purpose.PAYOUT, idempotency_key=key)


def check_payee(actor: Actor, payee: UUID, how: str) -> vault.PayeeCard:
    """Note that this officer has asked the payee about its changed account."""
    body = vault.PayeeChecked.model_validate({"payee": payee, "how": how})
    key = f"payee-check-{payee}-{actor.person}"
    return ask("vault", vault.PAYEE_CHECK, body, actor=actor.name, purpose=Purpose.PAYOUT, idempotency_key=key)


def keep_file(
    actor: Actor, *, subject: str, kind: str, name: str, content: bytes, purpose: Purpose
) -> vault.DocumentKept:
    """Hand an uploaded file to vault, which checks and encodes it anew. The same bytes again are the same document."""
    body = vault.FilePut(
        subject=subject, kind=kind, file_name=name[:200], content_b64=base64.b64encode(content).decode()
    )
    key = f"{kind}-{hashlib.sha256(subject.encode() + content).hexdigest()[:40]}"
    return ask("vault", vault.FILE_PUT, body, actor=actor.name, purpose=purpose, idempotency_key=key, deadline_s=20)


def document(actor: Actor, identifier: UUID, purpose: Purpose) -> vault.Document:
    """A document with its content."""
    body = vault.DocumentQuestion(document=identifier)
    return ask("vault", vault.DOCUMENT_GET, body, actor=actor.name, purpose=purpose)


def prepare(actor: Actor, body: treasury.PayoutPrepare) -> treasury.Payout:
    """Have the held money set aside. A refused attempt leaves no trace, so the same id may be tried again."""
    try:
        return ask(
            "treasury",
            treasury.PAYOUT_PREPARE,
            body,
            actor=actor.name,
            purpose=Purpose.PAYOUT,
            idempotency_key=body.payout,
        )
    except Refusal as refusal:
        if refusal.code == "payout.payee_blocked":
            _tell_of_listed(actor, body)
        raise


def _tell_of_listed(actor: Actor, body: treasury.PayoutPrepare) -> None:
    """Monitoring hears of the attempt; what was refused left no trace in treasury by itself."""
    attempt = treasury.BlockedAttempt(payee=body.payee, payout=body.payout, amount_tiyn=body.amount_tiyn)
    key = f"listed-{body.payout}"
    with suppressed(Kind.UNAVAILABLE):
        ask(
            "treasury",
            treasury.MONITORING_BLOCKED,
            attempt,
            actor=actor.name,
            purpose=Purpose.PAYOUT,
            idempotency_key=key,
        )


def payout_text(shown: dict[str, Any]) -> str:
    """What the approver signs, in plain words."""
    row: treasury.Payout = shown["payout"]
    card: vault.PayeeCard | None = shown["payee"]
    payee = f"{card.name}, {_('BIN')} {card.bin}, {_('account')} {card.masked_iban}" if card else str(row.payee)
    payee = f"{payee} ({shown['paid_as']})"
    return _(
        "I approve the payout of %(amount)s to %(payee)s on invoice %(invoice)s for case %(case)s: %(items)s."
        " Payout number %(payout)s."
    ) % {
        "amount": format_tenge(row.amount_tiyn, language()),
        "payee": payee,
        "invoice": row.invoice_number,
        "case": shown["number"],
        "items": "; ".join(shown["items"]),
        "payout": row.payout,
    }


def begin_approval(request: HttpRequest, identifier: UUID, text: str) -> vault.IdentityBegun:
    """The bytes to sign; the session remembers which payout the attempt is for."""
    begun = begin_signature(request, kind="payout", subject=f"payout:{identifier}", text=text)
    kept: dict[str, str] = request.session.get(ATTEMPTS, {})
    kept[str(begun.attempt)] = str(identifier)
    request.session[ATTEMPTS] = dict(list(kept.items())[-ATTEMPTS_KEPT:])
    return begun


def approve(request: HttpRequest, actor: Actor, identifier: UUID) -> treasury.Payout:
    """Have the signature kept and the payout approved in the role that is awaited.

    A signature over another payout is refused before it is kept.
    """
    kept: dict[str, str] = request.session.get(ATTEMPTS, {})
    if kept.get(request.POST.get("attempt", "")) != str(identifier) or "cms" not in request.POST:
        raise forbidden("payout.no_attempt")
    role = approving_role(payout(actor, identifier), actor.roles)
    if role is None:
        raise forbidden("payout.role_not_awaited")
    signature = complete_signature(request)
    assert actor.person is not None
    body = treasury.PayoutApprove(payout=identifier, approver=actor.person, signature=signature.signature, role=role)
    key = f"approve-{signature.signature}"
    return ask("treasury", treasury.PAYOUT_APPROVE, body, actor=actor.name, purpose=Purpose.PAYOUT, idempotency_key=key)


def reject(actor: Actor, identifier: UUID, reason: str) -> treasury.Payout:
    """Say no to a payout; its money is free again."""
    assert actor.person is not None
    body = treasury.PayoutReject(payout=identifier, approver=actor.person, reason=reason)
    return ask("treasury", treasury.PAYOUT_REJECT, body, actor=actor.name, purpose=Purpose.PAYOUT)


def keep_act(actor: Actor, row: Delivery, *, words: str, photo: bytes | None, photo_name: str) -> dict[str, Any]:
    """Keep photo and act in vault and have treasury log the act's fingerprint; the act as it is to be noted."""
    subject = f"case:{row.case.id}"
    picture = None
    if photo is not None:
        picture = keep_file(
            actor, subject=subject, kind="delivery_photo", name=photo_name, content=photo, purpose=Purpose.DELIVERY
        )
    text = json.dumps(
        {
            "act": "delivery",
            "case": row.case.number,
            "item": str(row.item.id),
            "code": row.item.code,
            "quantity": row.item.quantity,
            "words": words,
            "photo_sha256": picture.sha256 if picture else "",
        },
        ensure_ascii=False,
        sort_keys=True,
    )
    body = vault.DocumentPut(subject=subject, kind="delivery_act", text=text)
    key = f"act-{hashlib.sha256(text.encode()).hexdigest()[:40]}"
    kept = ask("vault", vault.DOCUMENT_PUT, body, actor=actor.name, purpose=Purpose.DELIVERY, idempotency_key=key)
    _record(actor, row, kept, picture.document if picture else None)
    return {"document": kept.document, "sha256": kept.sha256, "photo": picture.document if picture else None}


def _record(actor: Actor, row: Delivery, kept: vault.DocumentKept, photo: UUID | None) -> None:
    body = treasury.DeliveryRecord(
        case=row.case.id, item=row.item.id, act_document=kept.document, act_sha256=kept.sha256, photo=photo
    )
    key = f"deliver-{kept.document}"
    ask("treasury", treasury.DELIVERY_RECORD, body, actor=actor.name, purpose=Purpose.DELIVERY, idempotency_key=key)


def treasury_promises(actor: Actor) -> tuple[str, ...] | None:
    """Names of the treasury's promises that do not hold; None while it is away."""
    with suppressed(Kind.UNAVAILABLE):
        found = ask("treasury", treasury.MONEY_PLATFORM, Empty(), actor=actor.name, purpose=Purpose.ADMINISTRATION)
        return found.broken_invariants
    return None
