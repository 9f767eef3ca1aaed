"""КДП: a token for one service about one citizen, and the log of who was let read what about a citizen.

A consent signed with ЭЦП is proved by `ovt`; for every other one КДП asks the citizen itself, by SMS from 1414.
Field names as published; the values of `status` and the form of the log are not confirmed with the operator: the
words may be changed in `DEMEU_VAULT_REGISTRIES`, table `kdp`.
"""

import json
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from joserfc import jwt
from joserfc.jwk import RSAKey

from demeu.kernel import clock
from demeu.vault.households.registries.exchange import Fields, text
from demeu.vault.households.registries.shep import client, content
from demeu.vault.households.registries.shep.envelope import KDP_TYPES, ShepFault

SERVICE_ID = "KDP_SERVICE"
LOG_SERVICE_ID = "KDP_PERSONALDATA"
LOG_TYPES = f"{KDP_TYPES}/personalData"
PROOF_LIFE_S = 300
TOKEN_LIFE_MS = 600_000
LOG_LINES_MAX = 1000


class Status(StrEnum):
    """What a citizen may have answered, in words of ours."""

    GRANTED = "granted"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    NO_NUMBER = "no_number"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


WORDS = {
    Status.GRANTED: "GRANTED",
    Status.REFUSED: "REFUSED",
    Status.NO_ANSWER: "NO_ANSWER",
    Status.NO_NUMBER: "NOT_IN_BMG",
    Status.EXPIRED: "EXPIRED",
    Status.WITHDRAWN: "WITHDRAWN",
}
PASSING = (Status.NO_ANSWER, Status.EXPIRED)


@dataclass(frozen=True)
class Token:
    """What goes into a request as `kdpToken` and `publicKey`."""

    code: str
    public_key: str


@dataclass(frozen=True)
class LogLine:
    """One access that КДП remembers: when, which organization, which service."""

    at: datetime
    company_bin: str
    service: str


def access_token(*, iin: str, service_id: str, signed: bool) -> Token:
    """Ask for access to one service; `signed`: the vault holds the citizen's own digital signature under the consent.

    Raises `ShepFault` `kdp_<status>` when it is not granted; only silence and an outdated answer may pass.
    """
    stored = _organization_key()
    fields = [
        ("uin", iin),
        ("company", "Demeu"),
        ("company_bin", stored["bin"]),
        ("company_responsible", "Demeu"),
        ("employee_name", "Demeu vault"),
        ("access_name", service_id),
        ("personal_data_name", "household facts"),
        ("expiresIn", str(TOKEN_LIFE_MS)),
        ("omit-sms", "true" if signed else "false"),
        ("ovt", _proof(stored, signed=signed)),
    ]
    answer = client.send(service_id=SERVICE_ID, data=content.typed_data(KDP_TYPES, "getUserDataRequest", fields))
    status = _status(text(answer.data, "status"))
    token = Token(text(answer.data, "code"), text(answer.data, "public-key"))
    if status is not Status.GRANTED:
        raise ShepFault(f"kdp_{status.value if status else 'unknown'}", worth_retrying=status in PASSING)
    if not token.code or not token.public_key:
        raise ShepFault("kdp_no_token", worth_retrying=True)
    return token


def access_log(*, iin: str, since: datetime, until: datetime) -> list[LogLine]:
    """Who was let read what about a citizen, as КДП remembers it. Raises `ShepFault`."""
    whole = until + timedelta(seconds=1)  # the protocol counts in seconds: an access of this very second belongs in
    fields: Fields = [
        ("uin", iin),
        ("start_date", since.isoformat(timespec="seconds")),
        ("end_date", whole.isoformat(timespec="seconds")),
    ]
    answer = client.send(service_id=LOG_SERVICE_ID, data=content.typed_data(LOG_TYPES, "personalDataRequest", fields))
    try:
        return [
            LogLine(datetime.fromisoformat(text(entry, "date")), text(entry, "company_bin"), text(entry, "access_name"))
            for entry in answer.data.findall("r_pdata/entry")[:LOG_LINES_MAX]
        ]
    except ValueError:
        raise ShepFault("kdp_log_unreadable", worth_retrying=True) from None


def _status(word: str) -> Status | None:
    file = settings.DEMEU_VAULT_REGISTRIES
    changed = _changed_words(file, file.stat().st_mtime_ns) if file.is_file() else {}
    return {changed.get(status, usual): status for status, usual in WORDS.items()}.get(word)


@lru_cache(maxsize=2)
def _changed_words(file: Path, changed_ns: int) -> dict[str, str]:
    words: dict[str, str] = tomllib.loads(file.read_text()).get("kdp", {})
    return words


def organization_bin() -> str:
    """The BIN under which the platform asks. Raises `ShepFault` no_organization_key."""
    return _organization_key()["bin"]


def _organization_key() -> dict[str, str]:
    path = Path(settings.DEMEU_VAULT_TRUST) / "vault-kdp.json"
    try:
        stored: dict[str, str] = json.loads(path.read_text())
        return {"private_pem": stored["private_pem"], "bin": settings.DEMEU_VAULT_INSTITUTION_BIN or stored["bin"]}
    except (OSError, ValueError, KeyError):
        raise ShepFault("no_organization_key", worth_retrying=True) from None


def _proof(stored: dict[str, str], *, signed: bool) -> str:
    """JWT RS256, good for five minutes: which organization; that the citizen signed with ЭЦП (`Ds`) only if so."""
    issued = int(clock.now().timestamp())
    claims: dict[str, str | int] = {"cbin": stored["bin"], "iat": issued, "exp": issued + PROOF_LIFE_S}
    if signed:
        claims["mcheck"] = "Ds"
    return jwt.encode({"alg": "RS256"}, claims, _rsa_key(stored["private_pem"]), algorithms=["RS256"])


@lru_cache(maxsize=1)
def _rsa_key(private_pem: str) -> RSAKey:
    """Reading a key costs a tenth of a second; it is read once."""
    return RSAKey.import_key(private_pem)
