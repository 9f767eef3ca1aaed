"""The modules of NCALayer: `basics` (new) and `commonUtils` (old), their arguments and forms of answer.

Each takes a message, the key named by the address, and the desk; gives the answer as a mapping.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

AUTH_USE = "1.3.6.1.5.5.7.3.2"
TYPE_MISMATCH = "java.lang.IllegalArgumentException: argument type mismatch. Method: {method}"
CANCELLED = "action.canceled"


@dataclass(frozen=True)
class Outcome:
    """What became of a request to sign: signatures, or the user's refusal, or a fault."""

    signatures: list[str] = field(default_factory=list)
    key: dict[str, Any] = field(default_factory=dict)
    cancelled: bool = False
    fault: str = ""


class Desk(Protocol):
    """Where keys are: signs, and describes a key."""

    async def sign(self, order: dict[str, Any]) -> Outcome: ...

    async def describe(self, key: str) -> Outcome: ...


Answer = dict[str, Any]
Module = Callable[[dict[str, Any], str, Desk], Awaitable[Answer]]


async def basics(message: dict[str, Any], key: str, desk: Desk) -> Answer:
    """`sign` of data as CMS or XML; one signature per document, always as a list."""
    arguments = message.get("args")
    if message.get("method") != "sign":
        return _failed("METHOD_NOT_FOUND", f"{message.get('method')}")
    if not isinstance(arguments, dict):
        return _failed("INVOCATION_ERROR", 'JSONObject["args"] is not a JSONObject.')
    for name in ("signingParams", "signerParams"):
        if not isinstance(arguments.get(name) or {}, dict):
            return _failed("INVOCATION_ERROR", f'JSONObject["{name}"] is not a JSONObject.')
    if arguments.get("format") not in ("cms", "xml"):
        return _failed("INVALID_SIGNING_PARAMS", "unknown format")
    documents = arguments.get("data")
    documents = [documents] if isinstance(documents, str) else documents
    if not isinstance(documents, list) or not documents or not all(isinstance(one, str) for one in documents):
        return _failed("INVALID_SIGNING_PARAMS", "data is neither a text nor a list of texts")
    outcome = await desk.sign(_basics_order(arguments, documents, key))
    if outcome.fault:
        return _failed("SIGNING_FAILURE", outcome.fault)
    return {"status": True, "body": {} if outcome.cancelled else {"result": outcome.signatures}}


async def common_utils(message: dict[str, Any], key: str, desk: Desk) -> Answer:
    """The old calls; each answers `code` 200 with `responseObject`, or 500 with a message."""
    method, arguments = str(message.get("method")), message.get("args") or []
    if method == "getActiveTokens":
        return {"code": "200", "responseObject": []}
    if method == "changeLocale":
        return {"code": "200"}
    if method == "getKeyInfo":
        return await _key_info(arguments, key, desk)
    shape = _OLD_METHODS.get(method)
    if shape is None:
        return {"code": "500", "message": f"java.lang.NoSuchMethodException: {method}"}
    if not isinstance(arguments, list) or not shape.fits(arguments):
        return {"code": "500", "message": TYPE_MISMATCH.format(method=method)}
    outcome = await desk.sign({**shape.order(arguments), "key": key})
    return _old_failure(outcome) or {"code": "200", "responseObject": shape.result(outcome.signatures)}


async def _key_info(arguments: list[Any], key: str, desk: Desk) -> Answer:
    if not arguments or not isinstance(arguments[0], str):
        return {"code": "500", "message": TYPE_MISMATCH.format(method="getKeyInfo")}
    outcome = await desk.describe(key)
    return _old_failure(outcome) or {"code": "200", "responseObject": outcome.key}


def _old_failure(outcome: Outcome) -> Answer:
    if outcome.cancelled:
        return {"code": "500", "message": CANCELLED}
    return {"code": "500", "message": outcome.fault} if outcome.fault else {}


MODULES: dict[str, Module] = {
    "kz.gov.pki.knca.basics": basics,
    "kz.gov.pki.knca.commonUtils": common_utils,
}


@dataclass(frozen=True)
class _OldMethod:
    """An old call: the types of its leading arguments, and what it asks of the signer."""

    types: tuple[type, ...]
    order: Callable[[list[Any]], dict[str, Any]]
    many: bool = False

    def fits(self, arguments: list[Any]) -> bool:
        return len(arguments) >= len(self.types) and all(
            isinstance(given, kind) for given, kind in zip(arguments, self.types, strict=False)
        )

    def result(self, signatures: list[str]) -> Any:
        return signatures if self.many else signatures[0]


def _purpose(kind: str) -> str:
    return "auth" if kind == "AUTHENTICATION" else "sign"


def _cms(arguments: list[Any], *, digested: bool = False) -> dict[str, Any]:
    attached = len(arguments) > 3 and arguments[3] is True
    return {
        "format": "cms",
        "data": arguments[2],
        "purpose": _purpose(arguments[1]),
        "encapsulate": attached,
        "decode": True,
        "digested": digested,
    }


def _xml(arguments: list[Any]) -> dict[str, Any]:
    return {"format": "xml", "data": arguments[2], "purpose": _purpose(arguments[1])}


_OLD_METHODS = {
    "createCMSSignatureFromBase64": _OldMethod((str, str, str), _cms),
    "createCAdESFromBase64": _OldMethod((str, str, str), _cms),
    "createCAdESFromBase64Hash": _OldMethod((str, str, str), lambda arguments: _cms(arguments, digested=True)),
    "signXml": _OldMethod((str, str, str), _xml),
    "signXmls": _OldMethod((str, str, list), _xml, many=True),
}


def _basics_order(arguments: dict[str, Any], documents: list[str], key: str) -> dict[str, Any]:
    signing, signer = arguments.get("signingParams") or {}, arguments.get("signerParams") or {}
    uses = signer.get("extKeyUsageOids") or []
    return {
        "format": arguments["format"],
        "data": documents,
        "key": key or str(signer.get("iin") or ""),
        "purpose": "auth" if AUTH_USE in uses else "sign",
        "encapsulate": signing.get("encapsulate") is True,
        "decode": signing.get("decode") is True,
        "digested": signing.get("digested") is True,
    }


def _failed(code: str, details: str) -> Answer:
    return {"status": False, "code": code, "message": "An invoked method threw an exception.", "details": details}
