"""Erasing one person's data, and emptying what is past its term. Rows that proofs stand on are left standing."""

import os
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, not_found
from demeu.kernel.ids import new_id
from demeu.vault.consents import actions as consents
from demeu.vault.consents import queries as consent_queries
from demeu.vault.households.models import GatheringRow
from demeu.vault.people.models import Erasure, LikelySame, Person
from demeu.vault.rights.holdings import HOLDINGS, Holding, OnErasure
from demeu.vault.sealing.actions import writable
from demeu.vault.sealing.places import Place

ROWS_A_RUN_MAX = 2_000
BLIND_BYTES = 32
ON_REQUEST, BY_TERM = "request", "term"
ACTOR = "role:vault"


def erase_person(*, person: UUID, actor: str, ground: str = ON_REQUEST) -> dict[str, int]:
    """Empty or remove everything that may go now; holding → rows. Consents in force are withdrawn first.

    Refuses `person.unknown`, `erasure.gathering` while registries are being asked. Told again, `person.unknown`.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(id=person, erased_at__isnull=True).first()
        if row is None:
            raise not_found("person.unknown")
        if GatheringRow.objects.filter(household__person=person, state=GatheringRow.ASKING).exists():
            raise conflict("erasure.gathering")
        _withdraw_all(person, actor)
        done = {one.name: _erase(one, _of(one, person)) for one in HOLDINGS}
        LikelySame.objects.filter(models.Q(first=person) | models.Q(second=person)).delete()
        Person.objects.filter(id=person).update(
            iin_blind=None, phone_blind=None, phone_confirmed_at=None, region_kato="", erased_at=clock.now()
        )
        counted = {name: count for name, count in done.items() if count}
        Erasure.objects.create(
            id=new_id(), person=person, ground=ground, emptied=counted, actor=actor[:120], at=clock.now()
        )
        record(actor=actor, action="person.erased", subject=f"person:{person}", rows=sum(counted.values()))
    return counted


def end_terms() -> dict[str, int]:
    """Empty what is older than its term; holding → rows. A run takes at most 2,000 rows of each."""
    done = {}
    for holding in HOLDINGS:
        if holding.term_days is None:
            continue
        with transaction.atomic():
            old = apps.get_model(holding.model)._default_manager.filter(
                **{f"{holding.at}__lt": clock.now() - timedelta(days=holding.term_days)}
            )
            full = models.Q()
            for column in _columns(holding):
                full |= ~models.Q(**{column: b""})
            found = list(old.filter(full).order_by(holding.at).values_list("pk", flat=True)[:ROWS_A_RUN_MAX])
            emptied = _empty(holding, old.filter(pk__in=found))
            if emptied:
                record(actor=ACTOR, action="retention.ended", subject=f"holding:{holding.name}", rows=emptied)
                done[holding.name] = emptied
    return done


def _withdraw_all(person: UUID, actor: str) -> None:
    for consent in consent_queries.consents_of(person):
        if consent.state == "granted":
            consents.withdraw_consent(consent=consent.consent, person=person, actor=actor)
        elif consent.state == "asked":
            consents.refuse_consent(consent=consent.consent, person=person, actor=actor)


def _of(holding: Holding, person: UUID) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = apps.get_model(holding.model)._default_manager.filter(**{holding.by: person})
    return rows


def _erase(holding: Holding, rows: "models.QuerySet[Any]") -> int:
    if holding.on_erasure is OnErasure.REMOVE:
        return rows.delete()[0]
    if holding.on_erasure is OnErasure.EMPTY:
        return _empty(holding, rows)
    return 0


def _empty(holding: Holding, rows: "models.QuerySet[Any]") -> int:
    """Take the sealed content out of these rows; blind values of append-only rows become chance, never equal again."""
    model = apps.get_model(holding.model)
    with writable(Place(holding.name, model, "")):
        for row in rows.only("pk") if holding.blinds else ():
            model._default_manager.filter(pk=row.pk).update(
                **{column: os.urandom(BLIND_BYTES) for column in holding.blinds}
            )
        columns = dict.fromkeys(_columns(holding), b"")
        return model._default_manager.filter(pk__in=rows.values("pk")).update(**columns) if columns else 0


def _columns(holding: Holding) -> tuple[str, ...]:
    return (*holding.opened, *holding.emptied)
