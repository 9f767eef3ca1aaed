"""Reading consents: what stands, and what may be released."""

from uuid import UUID

from django.conf import settings

from demeu.contracts.vault import Consent
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.errors import forbidden, not_found
from demeu.vault.consents import rules
from demeu.vault.consents.models import ConsentRow
from demeu.vault.consents.policy import current_policy
from demeu.vault.consents.receipt import receipt_json_ld
from demeu.vault.consents.rules import ConsentState


def consent_card(consent: UUID) -> Consent:
    """One consent as it stands. Refuses `consent.unknown`."""
    return _card(_row(consent))


def consents_of(person: UUID) -> tuple[Consent, ...]:
    """All consents of a person, newest first."""
    return tuple(_card(row) for row in ConsentRow.objects.filter(person=person).order_by("-asked_at", "-id"))


def released_registries(*, consent: UUID, use: Purpose, person: UUID) -> frozenset[Registry]:
    """Registries whose facts about `person` may be seen now for this use; never empty.

    Refuses `consent.missing` when there is no such consent of the person in force, or when it does not cover the use.
    """
    row = ConsentRow.objects.filter(id=consent, person=person).first()
    if row is None or not rules.in_force(ConsentState(row.state), row.expires_at, clock.now()):
        raise forbidden("consent.missing", state=row.state if row else "unknown")
    found = rules.released(current_policy(), Purpose(row.purpose), _registries(row), use)
    if not found:
        raise forbidden("consent.missing", state=row.state, purpose=use.value)
    return found


def fields_of(consent: UUID) -> dict[str, frozenset[str]]:
    """Registry → the only fields of it that the person allowed. A registry that is absent here was not narrowed."""
    named = ConsentRow.objects.filter(id=consent).values_list("fields", flat=True).first() or {}
    return {registry: frozenset(fields) for registry, fields in named.items()}


def consent_receipt(consent: UUID) -> str:
    """The receipt, JSON-LD text. Refuses `consent.unknown`."""
    row = _row(consent)
    return receipt_json_ld(
        consent=row.id,
        person=row.person,
        state=ConsentState(row.state),
        purpose=Purpose(row.purpose),
        registries=_registries(row),
        fields=row.fields,
        text_version=row.text_version,
        lang=row.lang,
        events=tuple((move.state, move.at, move.by) for move in row.moves.order_by("id")),
        expires_at=row.expires_at,
        controller_bin=settings.DEMEU_VAULT_INSTITUTION_BIN,
    )


def _registries(row: ConsentRow) -> tuple[Registry, ...]:
    return tuple(Registry(name) for name in row.registries)


def _row(consent: UUID) -> ConsentRow:
    row = ConsentRow.objects.filter(id=consent).first()
    if row is None:
        raise not_found("consent.unknown")
    return row


def _card(row: ConsentRow) -> Consent:
    """A consent past its term is shown as expired even before the periodic job has marked it."""
    lapsed = row.state in (ConsentState.ASKED, ConsentState.GRANTED) and clock.now() >= row.expires_at
    return Consent(
        consent=row.id,
        person=row.person,
        subject=row.subject,
        state=ConsentState.EXPIRED if lapsed else row.state,
        purpose=Purpose(row.purpose),
        registries=_registries(row),
        fields={Registry(name): tuple(fields) for name, fields in row.fields.items()},
        text_version=row.text_version,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        granted_by=row.granted_by,
    )
