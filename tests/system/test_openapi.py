"""Every operation of every service, asked over its published OpenAPI with signed calls and every kind of input.

A refusal is an answer; a server error or an answer outside the published schema is a defect.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import given
from requests.auth import AuthBase
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks
from tests.system.any_input import any_input

from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.roles import topology
from demeu.roles.launch.live import LivePlatform

EXAMPLES_MAX = 14
ANSWER_S_MAX = 20
CHECKS: list[CheckFunction] = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
LISTED = [
    (service, operation, callers[0])
    for service in ("portal", "treasury", "vault", "scoring")
    for operation, callers in topology.callers_of(service).items()
    if operation != "events.receive" or service in topology.WITH_DATABASE
]
SERVICES = sorted({service for service, _operation, _caller in LISTED})
REFUSED_FOR_NOW = {"call.service_down", "call.deadline_passed"}


class Signed(AuthBase):
    """Signs exactly the body that goes out, as `demeu.kernel.calling` does."""

    def __init__(self, keys: signing.Keyring, service: str, operation: str) -> None:
        self.keys, self.service, self.operation = keys, service, operation

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        token = signing.sign_call(
            self.keys,
            audience=self.service,
            operation=self.operation,
            actor=f"person:{new_id()}",
            purpose="review",
            body=body.encode() if isinstance(body, str) else body,
        )
        request.headers["Authorization"] = f"Bearer {token}"
        request.headers["Idempotency-Key"] = str(new_id())
        return request


@cache
def schema_at(address: str) -> Any:
    """The published schema of a running service, without its security: every call is signed here by `Signed`."""
    published = httpx.get(f"{address}/api/openapi.json", timeout=ANSWER_S_MAX).json()
    for path in published["paths"].values():
        path["post"].pop("security")
    schema = schemathesis.openapi.from_dict(published)
    schema.config.update(base_url=address)
    return schema


def signed_by(platform: LivePlatform, caller: str, service: str, operation: str) -> Signed:
    return Signed(signing.load_keys(platform.folders.keys / caller, caller), service, operation)


def ask_everything(platform: LivePlatform, service: str, operation: str, caller: str, mode: GenerationMode) -> None:
    """Sends generated bodies to one operation and checks each answer."""
    strategy = schema_at(platform.running.urls[service])[f"/api/{operation}"]["POST"].as_strategy(generation_mode=mode)
    signer = signed_by(platform, caller, service, operation)

    @any_input(EXAMPLES_MAX)
    @given(case=strategy)
    def each(case: Any) -> None:
        answer = case.call(auth=signer, timeout=ANSWER_S_MAX)
        if answer.status_code == 503:
            assert json.loads(answer.content)["code"] in REFUSED_FOR_NOW
        else:
            case.validate_response(answer, checks=[not_a_server_error, *CHECKS])

    each()


def asked(platform: LivePlatform, operation: str, **body: Any) -> Any:
    """One signed call of portal to vault, by somebody new; its answer."""
    address = f"{platform.running.urls['vault']}/api/{operation}"
    answer = requests.post(
        address, json=body, auth=signed_by(platform, "portal", "vault", operation), timeout=ANSWER_S_MAX
    )
    answer.raise_for_status()
    return answer.json()


@pytest.fixture(scope="module", autouse=True)
def policy_put_back(platform: LivePlatform) -> Iterator[None]:
    """Any input may narrow the policy of uses, as one person may: two people widen it to what it was."""
    before = asked(platform, "policy.show")["cells"]
    yield
    if asked(platform, "policy.show")["cells"] != before:
        proposal = str(new_id())
        asked(platform, "policy.propose", proposal=proposal, cells=before, reason="as it was before the questions")
        asked(platform, "policy.approve", proposal=proposal)
    assert asked(platform, "policy.show")["cells"] == before


@pytest.mark.parametrize(("service", "operation", "caller"), LISTED)
def test_an_operation_answers_any_input_by_its_schema(
    platform: LivePlatform, service: str, operation: str, caller: str
) -> None:
    ask_everything(platform, service, operation, caller, GenerationMode.POSITIVE)
    ask_everything(platform, service, operation, caller, GenerationMode.NEGATIVE)


@pytest.mark.parametrize("service", SERVICES)
def test_the_published_operations_are_those_of_the_topology(platform: LivePlatform, service: str) -> None:
    published = {path.removeprefix("/api/") for path in schema_at(platform.running.urls[service]).raw_schema["paths"]}
    assert published == {operation for one, operation, _caller in LISTED if one == service}
