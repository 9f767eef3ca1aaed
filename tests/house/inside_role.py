"""What is true inside one role, told by a process of its own with that role's settings and without a database.

``python inside_role.py ROLE`` prints one fault a line. It changes nothing and reaches no network.
"""

import importlib
import sys
from collections.abc import Iterator
from typing import Any

import django


def unguarded_tables() -> Iterator[str]:
    """Append-only models whose migrations do not make the guarding trigger, or leave it out again."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    from demeu.kernel.appendonly import AppendOnly

    state = MigrationLoader(None).project_state()
    for model in apps.get_models():
        if issubclass(model, AppendOnly):
            known = state.models.get((model._meta.app_label, model._meta.model_name or ""))
            triggers = known.options.get("triggers", []) if known else []
            if not any(trigger.name == "append_only" for trigger in triggers):
                yield f"{model._meta.label} is append-only, its migrations are not"


def unwritten_migrations() -> Iterator[str]:
    """Changes of our models that no migration makes."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    for label, changes in detector.changes(graph=loader.graph).items():
        if apps.get_app_config(label).name.startswith("demeu."):
            yield from (f"{label}: no migration does «{one.describe()}»" for all_ in changes for one in all_.operations)


def unserved_operations(role: str) -> Iterator[str]:
    """Operations that the topology lists and nobody promises or serves, or the other way round."""
    from demeu.roles import topology
    from demeu.roles.reference.borders import operations_of

    listed, promised = set(topology.MAY_ASK[role]), set(operations_of(role))
    api: Any = importlib.import_module(f"demeu.{role}.api").api
    served = {path.rsplit("/", 1)[-1] for path in api.get_openapi_schema()["paths"]} - {"events.receive"}
    yield from (f"{name} is listed, but no contract promises it" for name in sorted(listed - promised))
    yield from (f"{name} is promised, but nobody may ask it" for name in sorted(promised - listed))
    yield from (f"{name} is listed, but not served" for name in sorted(listed - served))
    yield from (f"{name} is served, but not listed" for name in sorted(served - listed))


def unheard_events(role: str) -> Iterator[str]:
    """Events that are delivered to this role and start nothing, and reactions to what is never delivered."""
    from demeu.roles import topology

    reactions = set(importlib.import_module(f"demeu.{role}.reactions").REACTIONS)
    heard = {name for name, listeners in topology.HEARS.items() if role in listeners}
    yield from (f"{role} hears {name} and does nothing" for name in sorted(heard - reactions))
    yield from (f"{role} reacts to {name}, which it never hears" for name in sorted(reactions - heard))


def faults(role: str) -> Iterator[str]:
    """All faults of a role."""
    from demeu.roles import topology

    if role in topology.WITH_DATABASE:
        yield from unguarded_tables()
        yield from unwritten_migrations()
    if role != "sandbox":
        yield from unserved_operations(role)
        if role != "scoring":
            yield from unheard_events(role)


if __name__ == "__main__":
    django.setup()
    for line in faults(sys.argv[1]):
        print(line)
