"""One whole gathering of facts: every registry asked over signed SOAP for token and answer, verified, frozen."""

import re
import statistics
import time
from threading import Event
from typing import Any, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel
from rows import Row

from demeu.contracts import vault
from demeu.contracts.words import HOUSEHOLD_REGISTRIES, PUPIL_AID_REGISTRIES, Purpose, Registry
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Operation
from demeu.roles.launch.live import LivePlatform

FAMILIES = 7
PAUSE_S = 0.05
WITHIN_S = 120.0
ACTOR = "person:0a000000-0000-4000-8000-000000000001"
Answer = TypeVar("Answer", bound=BaseModel)


class Asker:
    """Asks vault as portal does, and the sandbox's control port for families."""

    def __init__(self, live: LivePlatform) -> None:
        self.keys = signing.load_keys(live.folders.keys / "portal", "portal")
        self.vault = httpx.Client(base_url=live.running.urls["vault"], trust_env=False, timeout=30)
        self.sandbox = httpx.Client(base_url=live.running.urls["sandbox"], trust_env=False, timeout=30)

    def ask(self, operation: Operation[Any, Answer], body: BaseModel) -> Answer:
        """One signed call."""
        content = body.model_dump_json().encode()
        token = signing.sign_call(
            self.keys,
            audience="vault",
            operation=operation.name,
            actor=ACTOR,
            purpose=Purpose.ASSESSMENT.value,
            body=content,
        )
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(new_id()),
            "Demeu-Deadline": f"{time.time() + 30:.3f}",
        }
        answer = self.vault.post(f"/api/{operation.name}", content=content, headers=headers)
        answer.raise_for_status()
        return operation.response.model_validate_json(answer.content)

    def consented(self, registries: tuple[Registry, ...]) -> tuple[UUID, UUID]:
        """A new person of a new family and their consent, given by the code that came to their phone."""
        family = self.sandbox.post("/control/families", json={"kind": "mother_disabled_child"}).json()
        names = {name: family[name] for name in ("surname", "given_name", "patronymic", "iin", "phone")}
        person = self.ask(vault.PERSON_ENTER, vault.PersonEnter(**names, birth_date=None, lang="ru")).person
        asked = vault.ConsentAsk(
            person=person,
            subject=f"application:{new_id()}",
            purpose=Purpose.ASSESSMENT,
            registries=registries,
            term_days=30,
            text_version="bench",
        )
        consent = self.ask(vault.CONSENT_ASK, asked).consent
        code = self.ask(vault.CODE_SEND, vault.CodeSend(person=person, reason="consent")).code
        self.ask(vault.CODE_CHECK, vault.CodeCheck(code=code, digits=self.digits(family["phone"])))
        self.ask(vault.CONSENT_GRANT, vault.ConsentAnswer(consent=consent, person=person, code=code))
        return person, consent

    def digits(self, phone: str) -> str:
        """The code in the newest SMS of a phone."""
        until, pause = time.monotonic() + WITHIN_S, Event()
        while time.monotonic() < until:
            told = self.sandbox.get(f"/control/phones/{phone.removeprefix('+')}/messages").json()["messages"]
            found = [code for message in told for code in re.findall(r"\b\d{6}\b", message["text"])]
            if found:
                return str(found[-1])
            pause.wait(PAUSE_S)
        raise TimeoutError("no code came")

    def gathered_s(self, registries: tuple[Registry, ...]) -> float:
        """Seconds from asking for facts to having them all."""
        person, consent = self.consented(registries)
        subject = f"application:{new_id()}"
        body = vault.GatherFacts(person=person, subject=subject, consent=consent, purpose=Purpose.ASSESSMENT)
        began, pause = time.monotonic(), Event()
        card = self.ask(vault.FACTS_GATHER, body)
        while card.state != "done":
            if time.monotonic() - began > WITHIN_S:
                raise TimeoutError(f"after {WITHIN_S:.0f} s only {sorted(card.answered)} answered")
            pause.wait(PAUSE_S)
            card = self.ask(vault.FACTS_STATUS, vault.GatheringQuestion(gathering=card.gathering))
        if card.silent:
            raise RuntimeError(f"silent: {sorted(card.silent)}")
        return time.monotonic() - began

    def close(self) -> None:
        """Leave."""
        self.vault.close()
        self.sandbox.close()


def figures(live: LivePlatform) -> list[Row]:
    """p50 and p95 of gatherings one after the other: ten registries, beside one alone; then with a late answer."""
    asker = Asker(live)
    try:
        alone = sorted(asker.gathered_s((Registry.GBD_FL,)) for _ in range(FAMILIES))
        ten = sorted(asker.gathered_s(PUPIL_AID_REGISTRIES) for _ in range(FAMILIES))
        every = statistics.median(asker.gathered_s(HOUSEHOLD_REGISTRIES) for _ in range(3))
    finally:
        asker.close()
    one, half = statistics.median(alone), statistics.median(ten)
    worst = statistics.quantiles(ten, n=20, method="inclusive")[-1]
    count = len(PUPIL_AID_REGISTRIES)
    return [
        Row("gathering", "one registry, p50", one, "s"),
        Row("gathering", f"{count} registries, p50", half, "s", "one registry", half / one),
        Row("gathering", f"{count} registries, p95", worst, "s", "one registry", worst / one),
        Row("gathering", f"{len(HOUSEHOLD_REGISTRIES)} with a late answer, p50", every, "s", "ten", every / half),
    ]
