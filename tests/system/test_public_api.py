"""A partner's program on a running platform: a generated client makes a gift; any input is answered by the document."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import given
from openapi_spec_validator import validate
from requests.auth import AuthBase
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks
from tests.system.any_input import any_input

from demeu.cli.story.browser import Browser
from demeu.cli.story.giving import GOOD_CARD
from demeu.cli.story.stage import Stage
from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import LivePlatform

EXAMPLES_MAX = 6
ANSWER_S_MAX = 20
RECEIVED_S_MAX = 120.0
GENERATOR = Path(sys.executable).with_name("openapi-python-client")
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]


@dataclass(frozen=True)
class Partner:
    """The administrator's browser and a key of the team."""

    browser: Browser
    word: str


@pytest.fixture(scope="module")
def partner(platform: LivePlatform) -> Iterator[Partner]:
    """A company is invited; its administrator signs in and makes a test key on the page."""
    invited = platform.command("admin", "invite", "company_admin", "--organization", "АО «Серіктес»")
    assert invited.returncode == 0, invited.stderr
    stage = Stage(platform.running.url, platform.running.urls["sandbox"])
    browser = stage.signed_in("operator")
    page = browser.open(invited.stdout.split()[0])
    browser.send(page, page.every("main form")[0])
    page = browser.open("/partner/keys/")
    chosen = {"label": "Касса", "kind": "test", "scopes": ["gifts:read", "gifts:write", "webhooks"]}
    made = browser.send(page, page.form("label", "kind"), expect=201, **chosen)
    yield Partner(browser, made.one("[data-key-word]").text_content())
    stage.close()


@pytest.fixture(scope="module")
def document(platform: LivePlatform) -> dict[str, Any]:
    """The API's own document, as it is served."""
    told: dict[str, Any] = httpx.get(f"{platform.running.url}/api/v1/openapi.json", timeout=ANSWER_S_MAX).json()
    validate(told)
    return told


@pytest.fixture(scope="module")
def package(document: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a package that openapi-python-client wrote from that document alone; any doubt of it is a failure."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(document))
    (folder / "config.yaml").write_text("post_hooks: []")
    command = [GENERATOR, "generate", "--path", folder / "openapi.json", "--output-path", folder / "partner_client"]
    command += ["--meta", "none", "--config", folder / "config.yaml", "--fail-on-warning"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield "partner_client"
    sys.path.remove(str(folder))


@dataclass(frozen=True)
class Program:
    """The generated client with its endpoints and models."""

    client: Any
    models: Any
    endpoints: dict[str, Any]

    def ask(self, name: str, **given: Any) -> Any:
        """The parsed answer of an endpoint."""
        return self.endpoints[name].sync(client=self.client, **given)


@pytest.fixture
def program(platform: LivePlatform, partner: Partner, package: str) -> Iterator[Program]:
    """The partner's program, which knows nothing of us but the document and its key."""
    names = ("gifts.make_gift", "gifts.get_gift", "public_data.start", "public_data.list_cases")
    made = importlib.import_module(package)
    with made.AuthenticatedClient(base_url=platform.running.url, token=partner.word, timeout=30) as client:
        endpoints = {name: importlib.import_module(f"{package}.api.{name}") for name in names}
        yield Program(client, importlib.import_module(f"{package}.models"), endpoints)


@pytest.mark.timeout(600)
def test_a_generated_client_makes_a_gift_that_is_paid(platform: LivePlatform, program: Program) -> None:
    models = program.models
    case = program.ask("public_data.list_cases", stage="published", limit=1).data[0]
    wish = models.GiftRequest(
        amount_tiyn=150_000,
        target=models.Target(kind=models.TargetKind.CASE, value=case.number),
        offer_version=program.ask("public_data.start").offer_version,
        reference="order-000127",
    )
    gift = program.ask("gifts.make_gift", body=wish, idempotency_key="order-000127")
    assert isinstance(gift, models.Gift), gift
    again = program.ask("gifts.make_gift", body=wish, idempotency_key="order-000127")
    assert gift.test is True and again.id == gift.id
    donor = Browser(platform.running.url)
    shown = donor.open(gift.payment.link_url)
    assert "/give/" in donor.send(shown, shown.form("card"), **GOOD_CARD).url
    donor.client.close()

    def received() -> Any:
        now = program.ask("gifts.get_gift", gift=gift.id)
        known = now.state == "received" and all(part.case for part in now.parts)
        return now if known else None

    paid = wait_until(received, within_s=RECEIVED_S_MAX, what="the gift to be received and allotted")
    assert (paid.reference, paid.payment, paid.amount_tiyn) == ("order-000127", None, 150_000)
    assert sum(part.amount_tiyn for part in paid.parts) == 150_000
    assert {part.case for part in paid.parts} == {case.number}


class Bearer(AuthBase):
    """Puts the key on every request."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self.word}"
        return request


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_endpoint_answers_any_input_by_its_document(
    platform: LivePlatform, partner: Partner, document: dict[str, Any], mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=platform.running.url)
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            if mode is GenerationMode.NEGATIVE and not told["parameters"] and "requestBody" not in told:
                continue
            _try(schema[path][method.upper()], partner.word, mode)


def _try(endpoint: Any, word: str, mode: GenerationMode) -> None:
    @any_input(EXAMPLES_MAX)
    @given(case=endpoint.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        answer = case.call(auth=Bearer(word), timeout=ANSWER_S_MAX)
        if answer.status_code != 503:
            case.validate_response(answer, checks=CHECKS)

    each()
