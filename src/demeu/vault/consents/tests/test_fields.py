"""The fields that a consent can be narrowed to are those that the registries really answer."""

from fnmatch import fnmatchcase

import pytest

from demeu.contracts.vault import REGISTRY_FIELDS
from demeu.contracts.words import HOUSEHOLD_REGISTRIES, Registry
from demeu.vault.households.registries import ADAPTERS


def test_every_registry_of_a_household_has_its_fields() -> None:
    assert set(REGISTRY_FIELDS) == set(HOUSEHOLD_REGISTRIES)


@pytest.mark.parametrize("registry", HOUSEHOLD_REGISTRIES)
def test_the_contract_names_what_the_adapter_reads_and_nothing_else(registry: Registry) -> None:
    read, named = set(ADAPTERS[registry].FIELDS.values()), set(REGISTRY_FIELDS[registry])
    assert [code for code in named if not any(fnmatchcase(code, pattern) for pattern in read)] == []
    assert [pattern for pattern in read if not any(fnmatchcase(code, pattern) for code in named)] == []
