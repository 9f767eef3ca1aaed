"""Fixtures of messages: gateways that keep what they are given, and a mother with a phone."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from demeu.vault.messages.gateways import port
from demeu.vault.messages.tests.operator import Operator, operator
from demeu.vault.people import actions as people_actions

PHONE = "+77710009998"


@pytest.fixture
def sms(settings: Any) -> Iterator[Operator]:
    port.start_anew()
    with operator() as running:
        settings.DEMEU_VAULT_SMS_URL = f"{running.url}/mobizon"
        settings.DEMEU_VAULT_SMSC_URL = f"{running.url}/smsc"
        yield running
    port.start_anew()


@pytest.fixture
def mother() -> UUID:
    person, _ = people_actions.enter_person(
        actor="person:x", surname="Сейітова", given_name="Асель", patronymic="", iin="900101200010",
        birth_date=None, phone=PHONE, lang="kk", region_kato="750000000",
    )  # fmt: skip
    return person
