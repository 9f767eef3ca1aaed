"""The control API: JSON in, JSON out; thin over the actions of identity, registries and faults."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from demeu.kernel.clock import now
from demeu.kernel.errors import not_found
from demeu.kernel.ids import new_id
from demeu.sandbox.control import bodies
from demeu.sandbox.control.cards import family_card, key_card
from demeu.sandbox.control.json_call import json_address, read_body
from demeu.sandbox.faults import actions as fault_actions
from demeu.sandbox.faults.queries import planted_faults
from demeu.sandbox.identity import actions as identity_actions
from demeu.sandbox.identity import lists, queries, signing_desk
from demeu.sandbox.registries import actions as registry_actions
from demeu.sandbox.registries.late_channel import send_notice
from demeu.sandbox.registries.queries import record_of
from demeu.sandbox.registries.services.notices import Happening

Answer = dict[str, Any] | tuple[dict[str, Any], int]


def _new_family(request: HttpRequest) -> Answer:
    order: bodies.NewFamily = read_body(request, bodies.NewFamily)
    stored = registry_actions.settle_household(
        kind=order.kind, seed=order.seed, official_category=order.official_category
    )
    return family_card(stored), 201


def _family(request: HttpRequest, iin: str) -> Answer:
    return family_card(record_of(iin))


def _keys(request: HttpRequest) -> Answer:
    current = queries.current_key()
    return {"keys": [key_card(held, current) for held in queries.people_keys()]}


def _new_key(request: HttpRequest) -> Answer:
    order: bodies.NewKey = read_body(request, bodies.NewKey)
    held = identity_actions.issue_key(
        holder=queries.holder_of(order.iin), purpose=order.purpose, algorithm=order.algorithm, expired=order.expired
    )
    return key_card(held, None), 201


def _current(request: HttpRequest) -> Answer:
    held = queries.current_key()
    if held is None:
        raise not_found("key.none_chosen")
    return key_card(held, held)


def _pick(request: HttpRequest) -> Answer:
    order: bodies.PickedKey = read_body(request, bodies.PickedKey)
    held = identity_actions.choose_key(reference=order.key_id or order.iin)
    return key_card(held, held)


def _revoke(request: HttpRequest, key_id: str) -> Answer:
    held = identity_actions.revoke_key(key_id=key_id)
    lists.write_lists(settings.DEMEU_VAR / "trust")
    return key_card(held, None)


def _sign(request: HttpRequest) -> Answer:
    order: bodies.SignOrder = read_body(request, bodies.SignOrder)
    documents = [order.data] if isinstance(order.data, str) else order.data
    made = signing_desk.sign(
        form=order.format,
        documents=documents,
        reference=order.key,
        purpose=order.purpose,
        encapsulate=order.encapsulate,
        decode=order.decode,
        digested=order.digested,
    )
    return {"cancelled": True} if made is None else {"result": made[0], "key_id": str(made[1].id)}


def _certificate(request: HttpRequest) -> Answer:
    return signing_desk.key_description(request.GET.get("key", ""))


def _order_ncalayer(request: HttpRequest) -> Answer:
    read_body(request, bodies.NcalayerOrder)
    identity_actions.cancel_next_signing()
    return {"cancel_next": True}


def _new_emergency(request: HttpRequest) -> Answer:
    order: bodies.NewEmergency = read_body(request, bodies.NewEmergency)
    began = order.began or now()
    number = order.number or f"{began:%Y%m%d}-{str(new_id().int)[-6:]}"
    event = Happening(number, order.kind, tuple(order.areas), began, order.ended, order.revision)
    send_notice(service=order.service, event=event)
    return {"number": number, "service": order.service}, 201


def _new_organization(request: HttpRequest) -> Answer:
    order: bodies.NewOrganization = read_body(request, bodies.NewOrganization)
    registry_actions.register_organization(
        number=order.bin, name_ru=order.name_ru, name_kk=order.name_kk, kind=order.kind, active=order.active
    )
    return {"bin": order.bin}, 201


def _faults(request: HttpRequest) -> Answer:
    return {"faults": planted_faults()}


def _plant(request: HttpRequest) -> Answer:
    order: bodies.FaultOrder = read_body(request, bodies.FaultOrder)
    fault_actions.plant_fault(**order.model_dump())
    return _faults(request)


def _clear(request: HttpRequest) -> Answer:
    fault_actions.clear_faults()
    return _faults(request)


emergencies = json_address(post=_new_emergency)
organizations = json_address(post=_new_organization)
families = json_address(post=_new_family)
family = json_address(get=_family)
keys = json_address(get=_keys, post=_new_key)
current_key = json_address(get=_current, post=_pick)
revoke_key = json_address(post=_revoke)
key_certificate = json_address(get=_certificate)
sign = json_address(post=_sign)
ncalayer = json_address(post=_order_ncalayer)
faults = json_address(get=_faults, post=_plant, delete=_clear)
