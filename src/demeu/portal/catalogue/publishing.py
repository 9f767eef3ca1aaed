"""Publishing a case: guard the text, widen what is shown until the family is hidden, release, and tell the others.

It must never publish a text with findings, a cell with too few people, or a case whose application is not approved.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.anonymity.actions import propose_override
from demeu.portal.anonymity.queries import agreed_override
from demeu.portal.anonymity.reference import reference_population
from demeu.portal.anonymity.rules import Cell, Crowd, Known, betrayed, fitted, hides, shown_attributes
from demeu.portal.cases import actions as cases
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import ApplicationState, CaseState
from demeu.portal.catalogue import guard
from demeu.portal.catalogue.actions import open_figures
from demeu.portal.catalogue.models import Release
from demeu.portal.catalogue.rules import LENGTH_LEAST, LENGTH_MAX, TEXT_FIELDS
from demeu.portal.wishes.actions import open_items
from demeu.portal.wishes.queries import asked_items


@dataclass(frozen=True)
class Publication:
    """Texts by field (`title_kk` … `story_en`) and what is to be shown of the family before it is widened."""

    texts: Mapping[str, str]
    age_band: str = ""
    household_type: str = ""
    attributes: tuple[str, ...] = ()


class TextRefused(Exception):
    """The guard found something; the page names what and where."""

    def __init__(self, found: list[guard.Finding]) -> None:
        super().__init__("guard.text_refused")
        self.found = found


def check_texts(texts: Mapping[str, str]) -> None:
    """Every text is there and none names anybody: `publication.text_length` or `TextRefused`."""
    found = guard.findings({field: texts.get(field, "") for field in TEXT_FIELDS})
    if found:
        raise TextRefused(found)
    for field in TEXT_FIELDS:
        part = field.split("_")[0]
        if not LENGTH_LEAST[part] <= len(texts.get(field, "").strip()) <= LENGTH_MAX[part]:
            raise invalid("publication.text_length", field=field, least=LENGTH_LEAST[part], most=LENGTH_MAX[part])


@dataclass(frozen=True)
class Preview:
    """What would be shown of the family, what was asked, and who hides it; `agreed`: two people decided to show it."""

    asked: Cell
    cell: Cell
    crowd: Crowd
    attributes: tuple[str, ...]
    left_out: tuple[str, ...]
    agreed: bool = False

    @property
    def widened(self) -> bool:
        """Whether less is shown than was asked."""
        return self.cell != self.asked or bool(self.left_out)

    @property
    def mark(self) -> str:
        """What the page hands back to say that its reader has seen this."""
        return "/".join([self.cell.place, self.cell.age_band, self.cell.household_type, *self.attributes])


def asked_cell(case: Any, publication: Publication) -> Cell:
    """The finest description: the family's own district, and what the curator chose."""
    place = case.application or case
    return Cell(place.district_kato or place.region_kato, publication.age_band, publication.household_type)


def known_of(case: Any, publication: Publication) -> Known:
    """What the public has besides: kind of need, what attributes betray, earlier releases, cases of the district."""
    rows = Release.objects.filter(case=case.id).order_by("at")
    before = tuple(Cell(row.place, row.age_band, row.household_type) for row in rows)
    district = case.application.district_kato if case.application else case.district_kato
    beside = public_cases().filter(application__district_kato=district).values_list("group", flat=True)
    groups = frozenset(beside.distinct()) if district else frozenset()
    return Known(case.group, (*before, *betrayed(publication.attributes)), groups | {case.group})


def preview(case: Any, publication: Publication) -> Preview:
    """What would be shown of the family and who hides it; `guard.too_few` when nothing at all hides it."""
    asked, known, population = asked_cell(case, publication), known_of(case, publication), reference_population()
    wanted = tuple(sorted(publication.attributes))
    agreed = agreed_override(case.id)
    if agreed is not None and Cell(agreed.place, agreed.age_band, agreed.household_type) == asked:
        return Preview(asked, asked, hides(population, asked, known), wanted, (), agreed=True)
    cell, crowd = fitted(population, asked, known)
    attributes = shown_attributes(wanted, cell)
    return Preview(asked, cell, crowd, attributes, tuple(one for one in wanted if one not in attributes))


def ask_second(*, case: UUID, publication: Publication, reason: str, actor: Actor) -> None:
    """Ask a second person to show the family as finely as the curator chose, past the guard by counts."""
    row = case_by_id(case)
    asked = asked_cell(row, publication)
    found = hides(reference_population(), asked, known_of(row, publication))
    propose_override(case=case, cell=asked, found=found, reason=reason, actor=actor)


@transaction.atomic
def publish_case(*, case: UUID, publication: Publication, actor: Actor, seen: str = "") -> Cell:
    """Make a case public; what is shown of it. Refuses a text with findings, and a case that is not ready for it.

    `seen`: the mark of the preview that the curator looked at; `guard.not_seen` when less is shown than was asked and
    it was not this that was looked at.
    """
    row = case_by_id(case)
    _may_publish(actor, row)
    check_texts(publication.texts)
    shown = preview(row, publication)
    if shown.widened and seen != shown.mark:
        raise conflict("guard.not_seen")
    fields = _shown_fields(publication, shown)
    cases.set_case(case=case, by=actor.name, **fields)
    cases.move_case(case=case, to=CaseState.GUARDED, by=actor.name)
    cases.move_case(case=case, to=CaseState.PUBLISHED, by=actor.name)
    open_items(case=case, by=actor.name)
    amounts = list(asked_items(case).values_list("id", "amount_tiyn"))
    if not amounts:
        raise conflict("publication.nothing_asked")
    open_figures(case=case, amounts_tiyn=amounts, at=clock.now())
    release = _release(case, shown.cell, shown.crowd, fields)
    cases.note_update(case=case, code="published")
    record(
        actor=actor.name, action="case.release", subject=f"case:{case}", people=shown.crowd.people,
        needs=shown.crowd.needs, two_people=shown.agreed,
    )  # fmt: skip
    _tell(case, release)
    return shown.cell


def _may_publish(actor: Actor, row: Any) -> None:
    need_role(actor, Role.CURATOR)
    application = row.application
    if application is None or application.state != ApplicationState.APPROVED:
        raise conflict("publication.not_approved")
    if actor.person in (row.person, application.entered_by, row.volunteer):
        raise forbidden("case.same_person")
    if not actor.sees_region(Role.CURATOR, application.region_kato):
        raise forbidden("case.other_region")
    if row.state not in (CaseState.DRAFT, CaseState.GUARDED):
        raise conflict("publication.already_public")


def _shown_fields(publication: Publication, seen: Preview) -> dict[str, Any]:
    shown, cell = {field: publication.texts[field].strip() for field in TEXT_FIELDS}, seen.cell
    region = cell.place[:2].ljust(9, "0")
    return {
        **shown,
        "age_band": cell.age_band,
        "household_type": cell.household_type,
        "region_kato": region,
        "district_kato": cell.place if cell.place != region else "",
        "attributes": list(seen.attributes),
    }


def _release(case: UUID, cell: Cell, crowd: Crowd, fields: dict[str, Any]) -> Release:
    published = json.dumps({"case": str(case), **fields}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Release.objects.create(
        id=new_id(),
        case=case,
        at=clock.now(),
        place=cell.place,
        age_band=cell.age_band,
        household_type=cell.household_type,
        population=reference_population().edition,
        people=crowd.people,
        needs=crowd.needs,
        commitment=hashlib.sha256(published.encode()).hexdigest(),
    )


def _tell(case: UUID, release: Release) -> None:
    from demeu.portal.catalogue.tasks import declare_need, log_release, tell_published

    declare_need.defer(case=str(case))
    log_release.defer(release=str(release.id))
    tell_published.defer(case=str(case))
