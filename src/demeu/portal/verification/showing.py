"""Rows of the desks' pages, and the text of the act that is signed. No names here."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from demeu.contracts.vault import Fact
from demeu.kernel import clock
from demeu.portal.cases.fact_words import fact_name, fact_value, member_name
from demeu.portal.cases.queries import application as application_by_id
from demeu.portal.entitlements.queries import service, services
from demeu.portal.entitlements.rules import entitlements
from demeu.portal.ui.regions import region_name
from demeu.portal.ui.wording import days, language
from demeu.portal.verification.wording import FINDINGS, STATES, VISIT_STATES
from demeu.portal.wishes.prices import price_list
from demeu.portal.wishes.queries import items_of

SOURCES = {
    "gbd_fl": "ГБД ФЛ",
    "cks": "ЦКС",
    "minfin": "Минфин",
    "gkb": "ГКБ",
    "pkb": "ПКБ",
    "nobd": "НОБД",
    "ipr": "ИПР",
    "mtszn": "МТСЗН",
    "esocium": "Е-Социум",
    "social_services": "ПСУ",
    "mz": "МЗ",
    "mts": "МТС",
    "mchs": "МЧС",
    "mvd": "МВД",
    "gbd_ul": "ГБД ЮЛ",
    "institution": "лично",
}
DEFAULT_GROUP = "poor_homeless"


def queue_rows(applications: Iterable[Any], now: UUID | None = None) -> list[dict[str, Any]]:
    """Waiting applications, the oldest first, without names."""
    moment = clock.now()
    return [
        {
            "href": reverse("verification:review", args=[row.id]),
            "id": row.id,
            "group": row.group or DEFAULT_GROUP,
            "title": _("Category %(category)s") % {"category": row.category or "—"},
            "where": f"{_number(row)} · {region_name(row.region_kato)}",
            "due": days((moment - row.submitted_at).days) if row.submitted_at else "",
            "notes": STATES.get(row.state, row.state),
            "warnings": len(row.silent_registries) or "",
            "now": "yes" if row.id == now else "",
        }
        for row in applications
    ]


def _number(row: Any) -> str:
    case = getattr(row, "case", None)
    return str(case.number) if case else str(row.id)[-6:]


def fact_rows(facts: Sequence[Fact], disputed: Collection[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """Facts by member, those that contradict each other together; `disputed`: (fact, member) the family disputes."""
    return [
        {
            "member": member_name(fact.member),
            "name": fact_name(fact.code),
            "value": fact_value(fact.code, fact.value),
            "source": SOURCES[str(fact.source)],
            "as_of": fact.as_of,
            "contradicts": fact.contradicts,
            "stale": fact.stale,
            "disputed": (fact.code, fact.member) in disputed,
        }
        for fact in sorted(facts, key=lambda fact: (fact.member != "household", fact.member, fact.code))
    ]


def dispute_rows(disputes: Iterable[Any], words: Callable[[UUID | None], str]) -> list[dict[str, Any]]:
    """What the family disputes, in its own words; `words` reads them from vault."""
    return [
        {
            "dispute": row,
            "fact": fact_name(row.fact),
            "member": member_name(row.member),
            "words": words(row.document),
            "papers": len(row.papers),
        }
        for row in disputes
    ]


def item_rows(application: Any, attributes: Sequence[str]) -> list[dict[str, Any]]:
    """The wish list with what the state covers or may cover."""
    case = getattr(application, "case", None)
    if case is None:
        return []
    rows = []
    for item in items_of(case.id):
        line = price_list().price(item.code)
        covering = [service(int(number)) for number in item.covered_by.split(",") if number]
        found = entitlements(
            services(), [line.service_need] if line.service_need else [], attributes, application.category
        )
        rows.append(
            {
                "item": item,
                "name": line.names[language()],
                "source": SOURCES.get(item.source, ""),
                "covered": [one.names[language()] for one in covering],
                "may_be": [one.service.names[language()] for one in found if one.cover == "may_be"],
            }
        )
    return rows


def visit_rows(visits: Iterable[Any], viewer: UUID | None, now: UUID | None = None) -> list[dict[str, Any]]:
    """Visits without names; the volunteer is led to the act, the curator to the review."""
    rows = []
    for visit in visits:
        row = application_by_id(visit.application)
        page = "verification:visit" if visit.volunteer == viewer else "verification:review"
        rows.append(
            {
                "href": reverse(page, args=[visit.application]),
                "group": row.group or DEFAULT_GROUP,
                "title": f"№ {_number(row)}",
                "where": region_name(row.region_kato),
                "planned_for": visit.planned_for,
                "state": VISIT_STATES[visit.state],
                "done": visit.state == "done",
                "now": "yes" if visit.application == now else "",
            }
        )
    return rows


def act_text(application: Any, visit: Any) -> str:
    """What the volunteer signs: which application, what was found, and the fingerprint of the act kept in vault."""
    lines = [
        _("Act of a home visit"),
        _("Application: %(number)s") % {"number": application.id},
        _("Planned for: %(day)s") % {"day": visit.planned_for.isoformat()},
        _("Findings:"),
        *(f"- {FINDINGS[code]}" for code in visit.findings),
        _("Photographs: %(count)s") % {"count": len(visit.photos)},
        _("SHA-256 of the act: %(sha256)s") % {"sha256": visit.act_sha256},
    ]
    return "\n".join(str(line) for line in lines)
