"""What of each registry a consent is about: everything, less what the person leaves out. Pure.

Never widens: a code that nobody knows is not asked about, and who belongs to the family is not left out by itself.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from demeu.contracts.vault import ESSENTIAL_FIELDS, REGISTRY_FIELDS
from demeu.contracts.words import HOUSEHOLD_REGISTRIES, Registry

# registry → codes left out, as an application keeps them
LeftOut = dict[str, list[str]]


def choosable(registry: Registry) -> tuple[str, ...]:
    """The fields of a registry that a person may leave out."""
    return tuple(code for code in REGISTRY_FIELDS[registry] if code not in ESSENTIAL_FIELDS)


def left_out(chosen: Mapping[Registry, Sequence[str]]) -> LeftOut:
    """What is not among the chosen fields, by registry; empty when everything is chosen."""
    found = {
        registry.value: [code for code in choosable(registry) if code not in chosen.get(registry, ())]
        for registry in HOUSEHOLD_REGISTRIES
    }
    return {registry: codes for registry, codes in found.items() if codes}


def asked_fields(left: Mapping[str, Sequence[str]]) -> tuple[tuple[Registry, ...], dict[Registry, tuple[str, ...]]]:
    """Registries to ask, and the fields of those that are narrowed; one of which nothing remains is not asked."""
    registries, fields = [], {}
    for registry in HOUSEHOLD_REGISTRIES:
        without = left.get(registry.value, ())
        remaining = tuple(code for code in REGISTRY_FIELDS[registry] if code not in without or code in ESSENTIAL_FIELDS)
        if not remaining:
            continue
        registries.append(registry)
        if without:
            fields[registry] = remaining
    return tuple(registries), fields


def mark(left: Mapping[str, Sequence[str]]) -> str:
    """A short sign that differs for every choice, empty for everything: two choices are two questions."""
    if not left:
        return ""
    return hashlib.sha256(json.dumps(left, sort_keys=True).encode()).hexdigest()[:10]
