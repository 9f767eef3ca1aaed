"""Reading objections: one's own, and those that wait for an answer."""

from uuid import UUID

from demeu.kernel.errors import not_found
from demeu.portal.objections.models import Objection

WAITING_MAX = 500


def objections_of(person: UUID) -> dict[int, Objection]:
    """A person's objections by the number of the look."""
    return {row.look: row for row in Objection.objects.filter(person=person)}


def own_objection(objection: UUID, person: UUID) -> Objection:
    """One of the person's own. Refuses `objection.unknown`."""
    row = Objection.objects.filter(id=objection, person=person).first()
    if row is None:
        raise not_found("objection.unknown")
    return row


def waiting() -> list[Objection]:
    """What waits for an answer, the most urgent first."""
    return list(Objection.objects.filter(state=Objection.RECEIVED).order_by("due_at", "id")[:WAITING_MAX])


def any_objection(objection: UUID) -> Objection:
    """One objection, for the desk. Refuses `objection.unknown`."""
    row = Objection.objects.filter(id=objection).first()
    if row is None:
        raise not_found("objection.unknown")
    return row
