"""More of people over the vault's API; each handler only translates, and every reading leaves a record."""

from uuid import UUID

from demeu.contracts.vault import details as contract
from demeu.contracts.vault.people import PersonQuestion
from demeu.contracts.words import Purpose
from demeu.kernel.errors import forbidden
from demeu.kernel.operations import Empty
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.access.entrance import note_call
from demeu.vault.people import details, duplicates, queries
from demeu.vault.people.rules import TieRole
from demeu.vault.people.viewing import view_for

SHOWN = ("names", "iin", "phone", "email", "birth_date", "contacts", "papers", "ties")


def serve(api: OperationApi) -> None:
    """Register the operations."""
    api.serve(contract.PERSON_SHOW)(person_show)
    api.serve(contract.ALIAS_NOTE)(alias_note)
    api.serve(contract.CONTACT_NOTE)(contact_note)
    api.serve(contract.PAPER_NOTE)(paper_note)
    api.serve(contract.TIE_NOTE)(tie_note)
    api.serve(contract.TIE_END)(tie_end)
    api.serve(contract.LIKELY_SAME)(likely_same)
    api.serve(contract.LIKELY_SAME_DECIDE)(likely_same_decide)


def person_show(call: Call, body: PersonQuestion) -> contract.PersonShown:
    """Everything of a person in the view of the call's purpose. Only the person's own call sees the plain view."""
    view = view_for(call.purpose if call.actor == f"person:{body.person}" else _not_own(call.purpose))
    shown = queries.person_shown(body.person, view)
    note_call(call, contract.PERSON_SHOW.name, body.person, *SHOWN)
    answer = contract.PersonShown.model_validate({"person": body.person, "view": view.value, **shown})
    for tie in answer.ties:
        note_call(call, contract.PERSON_SHOW.name, tie.other, "initials")
    return answer


def alias_note(call: Call, body: contract.AliasNote) -> Empty:
    """Keep another spelling."""
    _require_own(call, body.person)
    details.note_alias(
        person=body.person,
        surname=body.surname,
        given_name=body.given_name,
        patronymic=body.patronymic,
        actor=call.actor,
    )
    return Empty()


def contact_note(call: Call, body: contract.ContactNote) -> Empty:
    """Keep a further contact."""
    _require_own(call, body.person)
    details.note_contact(
        person=body.person, kind=body.kind, value=body.value, protected=body.protected, actor=call.actor
    )
    return Empty()


def paper_note(call: Call, body: contract.PaperNote) -> Empty:
    """Keep an identity document."""
    _require_own(call, body.person)
    details.note_paper(
        person=body.person,
        kind=body.kind,
        number=body.number,
        issued_on=body.issued_on,
        expires_on=body.expires_on,
        actor=call.actor,
    )
    return Empty()


def tie_note(call: Call, body: contract.TieNote) -> contract.TieNoted:
    """Tie two people."""
    _require_own(call, body.person)
    tie = details.tie_people(
        person=body.person,
        other=body.other,
        role=TieRole(body.role),
        ground=body.ground,
        one_household=body.one_household,
        actor=call.actor,
    )
    return contract.TieNoted(tie=tie)


def tie_end(call: Call, body: contract.TieEnd) -> Empty:
    """End a tie."""
    _require_own(call, queries.person_of_tie(body.tie))
    details.end_tie(tie=body.tie, actor=call.actor)
    return Empty()


def likely_same(call: Call, body: PersonQuestion) -> contract.LikelySameLines:
    """Records like this person's; both people see that they were compared."""
    lines = []
    for row in duplicates.findings_of(body.person):
        other = row.second if row.first == body.person else row.first
        name = queries.person_card(other, view_for(call.purpose)).display_name
        note_call(call, contract.LIKELY_SAME.name, other, "names")
        lines.append(
            contract.LikelySameLine(
                finding=row.id,
                other=other,
                name=name,
                points=row.points,
                reasons=tuple(row.reasons),
                method=row.method,
                method_version=row.method_version,
                state=row.state,
            )
        )
    note_call(call, contract.LIKELY_SAME.name, body.person, "names")
    return contract.LikelySameLines(lines=tuple(lines))


def likely_same_decide(call: Call, body: contract.LikelySameDecide) -> Empty:
    """Keep what a person decided."""
    duplicates.decide_duplicate(finding=body.finding, decision=body.decision, actor=call.actor)
    return Empty()


def _require_own(call: Call, person: UUID) -> None:
    """Under the purpose of own data only the person tells of themselves. Refuses `rights.not_own`."""
    if call.purpose == Purpose.OWN_DATA and call.actor != f"person:{person}":
        raise forbidden("rights.not_own")


def _not_own(purpose: str) -> str:
    """The plain view is for the person alone: whoever else names that purpose sees the least."""
    return "" if purpose == "own_data" else purpose
