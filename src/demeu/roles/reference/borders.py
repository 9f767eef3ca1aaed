"""The pages of operations and events: what services promise each other, and who may ask or hear."""

from importlib import import_module
from typing import Any

from pydantic import BaseModel

from demeu.kernel.operations import Empty, Event, Operation
from demeu.roles import topology
from demeu.roles.reference.markdown import first_sentence, page, table

OPERATIONS = """
A question is `POST /api/<operation>` on the service that serves it, in JSON, signed by the asker (EdDSA, at most 60 s)
for this operation and this very body. Whoever is not listed is refused. Each service publishes OpenAPI 3.1 at
`/api/openapi.json`. «Once per key»: the answer is kept under the idempotency key and given again.
"""
EVENTS = """
A service announces what happened and does not know who listens. An event is delivered, signed, to
`POST /api/events.receive` of each listener until it is accepted; the listener keeps its id and reacts once. Events
carry references and sums, never a name.
"""


def operations_of(service: str) -> dict[str, Operation[Any, Any]]:
    """The operations that the contract of `service` promises, by name."""
    module = import_module(f"demeu.contracts.{service}")
    return {one.name: one for one in vars(module).values() if isinstance(one, Operation)}


def events_of(service: str) -> dict[str, type[Event]]:
    """The events that `service` may announce, by name."""
    module = import_module(f"demeu.contracts.{service}")
    own = (one for one in vars(module).values() if isinstance(one, type) and one.__module__.startswith(module.__name__))
    return {one.name: one for one in own if issubclass(one, Event)}


def services() -> tuple[str, ...]:
    """Services with a contract; the sandbox has none."""
    return tuple(role for role in topology.ROLES if role != "sandbox")


def operations_page() -> str:
    """`operations.md`: one table a service, then the shapes."""
    parts = [OPERATIONS]
    for service in services():
        promised = operations_of(service)
        rows = [_operation_row(one, topology.MAY_ASK[service].get(name, ())) for name, one in sorted(promised.items())]
        if rows:
            titles = ("operation", "may ask", "request", "answer", "asked again")
            parts.append(f"## {service.capitalize()} (`demeu.contracts.{service}`)\n\n" + table(titles, rows))
    return page("Operations", *parts)


def events_page() -> str:
    """`events.md`: one table."""
    rows = []
    for service in services():
        for name, event in sorted(events_of(service).items()):
            hears = ", ".join(topology.HEARS.get(name, ())) or "nobody"
            rows.append((f"`{name}`", service, hears, _fields(event), first_sentence(event.__doc__)))
    return page("Events", EVENTS, table(("event", "announced by", "heard by", "facts", "meaning"), rows))


def _operation_row(one: Operation[Any, Any], askers: tuple[str, ...]) -> tuple[str, ...]:
    again = "freely" if one.repeatable else "once per key" if one.keyed else "guarded by the service"
    return f"`{one.name}`", ", ".join(askers) or "nobody", _shape(one.request), _shape(one.response), again


def _shape(model: type[BaseModel]) -> str:
    return "nothing" if model is Empty else f"`{model.__name__}`: {_fields(model)}"


def _fields(model: type[BaseModel]) -> str:
    return ", ".join(f"{name}{'' if field.is_required() else '?'}" for name, field in model.model_fields.items())
