"""Accepting a legal text. Keyword-only, one transaction."""

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict
from demeu.portal.legal.models import Acceptance
from demeu.portal.legal.queries import current_version


@transaction.atomic
def accept(*, kind: str, version: str, subject: str, by: str) -> None:
    """Note that the version in force was accepted for a subject; `legal.text_changed` when a newer one is in force.

    Accepting again changes nothing.
    """
    if version != current_version(kind):
        raise conflict("legal.text_changed", version=current_version(kind))
    _, created = Acceptance.objects.get_or_create(
        kind=kind, version=version, subject=subject, defaults={"by": by, "at": clock.now()}
    )
    if created:
        record(actor=by, action="legal.accept", subject=subject, kind=kind, version=version)
