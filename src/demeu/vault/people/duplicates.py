"""Finding records that may be one human being: exact by blind values, near by keyed blocking words.

Never refuses or joins anything by itself: it finds, says why, and keeps what a person decided.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, invalid, not_found
from demeu.kernel.ids import new_id
from demeu.vault.people import rules
from demeu.vault.people.likeness import METHOD, METHOD_VERSION, Likeness, Traits, blocking_words, likeness
from demeu.vault.people.models import Alias, BlockingKey, LikelySame, Person
from demeu.vault.sealing.cipher import blind, blind_number, unseal

CANDIDATES_MAX = 200
# Rarest words meet first: a candidate that shares several of them comes before one that shares a single common word.
CANDIDATES = """
SELECT person_id FROM vault_people_blockingkey WHERE key = ANY(%s)
GROUP BY person_id ORDER BY count(*) DESC, person_id LIMIT %s
"""
NAMES = ("surname", "given_name", "patronymic")


@dataclass(frozen=True)
class Found:
    """A record that is like the one asked about."""

    person: UUID
    likeness: Likeness


def traits_of(row: Person) -> Traits:
    """What is compared of a record; a birthday that was not told is read from the IIN."""
    iin = unseal(row.id, "person.iin", row.iin)
    names = {name: unseal(row.id, f"person.{name}", getattr(row, name)) for name in NAMES}
    told = unseal(row.id, "person.birth_date", row.birth_date)
    born = rules.birth_date_of(iin) if iin and not told else None
    phone = unseal(row.id, "person.phone", row.phone)
    return Traits(**names, birth_date=born.isoformat() if born else told, iin=iin, phone=phone)


def blocking_numbers(traits: Traits) -> list[int]:
    """The keyed hashes of the blocking words."""
    return [blind_number("block", word) for word in blocking_words(traits)]


def renew_blocking_keys(row: Person) -> None:
    """Write the blocking keys of a record and of its other spellings, in place of the ones before."""
    known = traits_of(row)
    spellings = (known, *_respelt(known, Alias.objects.filter(person=row.id)))
    keys = {key for one in spellings for key in blocking_numbers(one)}
    BlockingKey.objects.filter(person=row.id).delete()
    BlockingKey.objects.bulk_create([BlockingKey(person_id=row.id, key=key) for key in sorted(keys)])


def find_alike(traits: Traits, *, beside: UUID | None = None) -> list[Found]:
    """Records like these traits, most alike first; at most 200 are opened and compared, in memory only."""
    people = _candidates(traits, beside)
    spellings: dict[UUID, list[Alias]] = {}
    for alias in Alias.objects.filter(person__in=people):
        spellings.setdefault(alias.person_id, []).append(alias)
    found = []
    for row in Person.objects.filter(id__in=people, erased_at__isnull=True):
        known = traits_of(row)
        alike = [likeness(traits, one) for one in (known, *_respelt(known, spellings.get(row.id, ())))]
        best = max(alike, key=lambda one: one.points)
        if best.likely:
            found.append(Found(row.id, best))
    return sorted(found, key=lambda one: (-one.likeness.points, one.person))


def _respelt(known: Traits, aliases: Iterable[Alias]) -> list[Traits]:
    return [
        replace(known, **{name: unseal(alias.id, f"alias.{name}", getattr(alias, name)) for name in NAMES})
        for alias in aliases
    ]


def _candidates(traits: Traits, beside: UUID | None) -> list[UUID]:
    exact: list[UUID] = []
    if traits.iin:
        exact += Person.objects.filter(iin_blind=blind("iin", traits.iin)).values_list("id", flat=True)
    if traits.phone:
        same_phone = Person.objects.filter(phone_blind=blind("phone", traits.phone))
        exact += same_phone.values_list("id", flat=True)[: CANDIDATES_MAX // 2]
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [blocking_numbers(traits), CANDIDATES_MAX])
        near = [row[0] for row in cursor.fetchall()]
    return [person for person in dict.fromkeys([*exact, *near]) if person != beside][:CANDIDATES_MAX]


def index_unindexed(*, people_max: int) -> int:
    """Write blocking keys of people who have none yet; how many."""
    without = Person.objects.exclude(surname=b"", given_name=b"").filter(erased_at__isnull=True)
    rows = without.exclude(id__in=BlockingKey.objects.values("person"))[:people_max]
    written = 0
    for row in rows:
        with transaction.atomic():
            renew_blocking_keys(row)
        written += 1
    return written


def seek_duplicates(*, person: UUID) -> int:
    """Compare one record with all others and keep what is likely; how many were new. Run again, nothing changes."""
    row = Person.objects.filter(id=person, erased_at__isnull=True).first()
    if row is None:
        return 0
    with transaction.atomic():
        return sum(_keep(row.id, one) for one in find_alike(traits_of(row), beside=row.id))


def _keep(person: UUID, found: Found) -> bool:
    first, second = sorted((person, found.person))
    _, fresh = LikelySame.objects.get_or_create(
        first=first,
        second=second,
        method=METHOD,
        method_version=METHOD_VERSION,
        defaults={
            "id": new_id(),
            "points": found.likeness.points,
            "reasons": list(found.likeness.reasons),
            "found_at": clock.now(),
        },
    )
    return fresh


def decide_duplicate(*, finding: UUID, decision: str, actor: str) -> None:
    """A person says whether the two are one human being. Refuses `likely_same.unknown|decided|no_decision`."""
    if decision not in (LikelySame.SAME, LikelySame.DIFFERENT):
        raise invalid("likely_same.no_decision")
    with transaction.atomic():
        row = LikelySame.objects.select_for_update().filter(id=finding).first()
        if row is None:
            raise not_found("likely_same.unknown")
        if row.state != LikelySame.OPEN:
            raise conflict("likely_same.decided", state=row.state)
        row.state, row.decided_by, row.decided_at = decision, actor[:120], clock.now()
        row.save(update_fields=["state", "decided_by", "decided_at"])
        record(actor=actor, action=f"likely_same.{decision}", subject=f"likely_same:{finding}", method=row.method)


def findings_of(person: UUID) -> Iterable[LikelySame]:
    """What is like this person, open and decided, most alike first."""
    rows = LikelySame.objects.filter(first=person) | LikelySame.objects.filter(second=person)
    return rows.order_by("-points", "id")
