"""Keeping searches and noting what was told. Keyword-only, one transaction each."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid, not_found
from demeu.kernel.ids import new_id
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.searches.models import Search
from demeu.portal.searches.rules import QUERY_LENGTH_MAX, check_room


@transaction.atomic
def keep_search(*, person: UUID, wanted: Wanted) -> Search:
    """Keep a search; the same one again is the same. Cases that are there already are no news.

    Refuses `search.nothing`, `search.too_many`.
    """
    query = wanted.query
    if wanted.unknown or not wanted.any or len(query) > QUERY_LENGTH_MAX:
        raise invalid("search.nothing")
    known = Search.objects.select_for_update().filter(person=person)
    row = known.filter(query=query).first()
    if row is not None:
        return row
    check_room(known.count())
    moment = clock.now()
    row = Search.objects.create(id=new_id(), person=person, query=query, kept_at=moment, told_until=moment)
    record(actor=f"person:{person}", action="search.keep", subject=f"search:{row.id}")
    return row


@transaction.atomic
def change_search(*, search: UUID, person: UUID, tell: bool | None) -> None:
    """Word of news on or off; None: forget the search. Refuses `search.unknown` for anybody else's."""
    row = Search.objects.select_for_update().filter(id=search, person=person).first()
    if row is None:
        raise not_found("search.unknown")
    if tell is None:
        row.delete()
    else:
        row.tell, row.told_until = tell, clock.now() if tell and not row.tell else row.told_until
        row.save()
    record(actor=f"person:{person}", action="search.change", subject=f"search:{search}", tell=tell)


@transaction.atomic
def note_told(*, search: UUID, until: datetime, told: bool) -> None:
    """Cases up to this moment are known; `told`: the person was told of some."""
    fields: dict[str, datetime] = {"told_until": until} | ({"told_at": clock.now()} if told else {})
    Search.objects.filter(id=search).update(**fields)
