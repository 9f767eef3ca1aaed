"""Fixtures of the vault's tests: the outside world as real processes, and the vault's settings pointing at it."""

from collections.abc import Iterator
from typing import Any

import pytest

from demeu.kernel import calling
from demeu.vault.households.registries.shep import client as shep_client
from demeu.vault.messages.gateways import port as sms_port
from demeu.vault.tests.world import World, running_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Sandbox and scoring, started once; stopped at the end."""
    with running_world(tmp_path_factory.mktemp("world")) as running:
        yield running


@pytest.fixture
def outside(world: World, settings: Any) -> Iterator[World]:
    """The world, with the vault's settings pointing at it and no faults planted."""
    settings.DEMEU_VAULT_TRUST = world.var / "trust"
    settings.DEMEU_VAULT_SHEP_URL = f"{world.sandbox}/shep/bip-sync-wss-gost/"
    settings.DEMEU_VAULT_SHEP_ASYNC_URL = f"{world.sandbox}/shep/bip-async-wss-gost/"
    settings.DEMEU_VAULT_SMS_URL = f"{world.sandbox}/mobizon"
    settings.DEMEU_VAULT_SMSC_URL = f"{world.sandbox}/smsc"
    settings.DEMEU_ADDRESSES = {**settings.DEMEU_ADDRESSES, "scoring": world.scoring}
    settings.DEMEU_KEYS = world.var / "keys" / "vault"
    calling.keyring.cache_clear()
    calling._client.cache_clear()
    yield world
    sms_port.start_anew()
    world.clear_faults()
    calling._client("scoring").close()
    shep_client._http().close()
    shep_client._http.cache_clear()
    calling.keyring.cache_clear()
    calling._client.cache_clear()
