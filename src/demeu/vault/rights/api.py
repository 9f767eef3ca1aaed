"""The rights of people over the vault's API: only the person themselves may ask."""

from uuid import UUID

from demeu.contracts.vault import rights as contract
from demeu.contracts.vault.people import PersonQuestion
from demeu.contracts.words import Purpose
from demeu.kernel.errors import forbidden
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.access.entrance import note_call
from demeu.vault.rights.dossier import as_json, dossier_of
from demeu.vault.rights.erasing import erase_person


def serve(api: OperationApi) -> None:
    """Register the operations of rights."""
    api.serve(contract.DATA_EXPORT)(data_export)
    api.serve(contract.PERSON_ERASE)(person_erase)


def data_export(call: Call, body: PersonQuestion) -> contract.DataExport:
    """Everything about the person who asks; the export itself stands in their trail."""
    _require_own(call, body.person)
    dossier = dossier_of(body.person)
    note_call(call, contract.DATA_EXPORT.name, body.person, *dossier["holdings"])
    return contract.DataExport(json_text=as_json(dossier))


def person_erase(call: Call, body: contract.PersonErase) -> contract.PersonErased:
    """Erase the data of the person who asks."""
    _require_own(call, body.person)
    return contract.PersonErased(rows=erase_person(person=body.person, actor=call.actor))


def _require_own(call: Call, person: UUID) -> None:
    if call.actor != f"person:{person}" or call.purpose != Purpose.OWN_DATA:
        raise forbidden("rights.not_own")
