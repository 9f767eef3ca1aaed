"""Runs the checks of a conformance set (`manifest.json`, schema eds-conformance/1) blind to what they expect.

A check that cannot be run (a missing file, an unknown word) is refused as `malformed`; nothing ends the run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from demeu.vault.identity.eds.certificate import Certificate, read_certificate
from demeu.vault.identity.eds.chain import Trust, build_chain
from demeu.vault.identity.eds.cms import SignedData, verify_cms
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.crl import RevocationList, crl_status
from demeu.vault.identity.eds.description import Description, certificate_facts, signer_facts, status_facts
from demeu.vault.identity.eds.files import looks_like_xml
from demeu.vault.identity.eds.ocsp import ocsp_status, read_answer
from demeu.vault.identity.eds.verdict import RevocationStatus, Verdict
from demeu.vault.identity.eds.xmldsig import verify_xml
from demeu.vault.identity.eds.xmltree import parse_xml

_READERS: dict[str, Callable[[bytes], object]] = {
    "certificate": read_certificate,
    "crl": RevocationList,
    "ocsp_response": read_answer,
    "cms": SignedData,
    "xmldsig": parse_xml,
    "data": bytes,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of one check: verdict, reasons, signers (serial and codes) and facts."""

    id: str
    accept: bool
    codes: tuple[str, ...]
    signers: tuple[Description, ...] = ()
    facts: Description = field(default_factory=dict)


def judge(folder: Path) -> Iterator[Judgement]:
    """One judgement per check of `folder`/manifest.json, in its order. Raises OSError or ValueError for it."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("items"), list):
        raise ValueError("not a manifest of checks")
    for item in manifest["items"]:
        for number, check in enumerate(item.get("checks", ()), start=1):
            named = {"id": f"{item.get('file')}#{number}", **manifest.get("default_trust", {}), **check}
            yield _Check(folder, item, named).run()


class _Check:
    def __init__(self, folder: Path, item: Description, asked: Description) -> None:
        self._folder = folder
        self._item = item
        self._asked = {name: value for name, value in asked.items() if name != "expect"}

    def run(self) -> Judgement:
        kinds: dict[str, Callable[[], Judgement]] = {
            "parse": self._parse,
            "chain": self._chain,
            "crl": self._crl,
            "ocsp": self._ocsp,
            "signature": self._message,
            "document": self._message,
        }
        try:
            return kinds[self._asked["check"]]()
        except EdsError as error:
            return self._judgement(False, error.code)
        except (OSError, LookupError, ValueError, TypeError):
            return self._judgement(False, Code.MALFORMED)

    def _judgement(self, accept: bool, code: Code, **facts: Any) -> Judgement:
        return Judgement(self._asked["id"], accept, (code.value,), facts=facts)

    def _bytes(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()

    def _own(self) -> bytes:
        return self._bytes(self._item["file"])

    def _certificate(self, name: str) -> Certificate:
        return read_certificate(self._bytes(name))

    def _certificates(self, name: str) -> tuple[Certificate, ...]:
        return tuple(map(self._certificate, self._asked.get(name, ())))

    def _at(self) -> datetime:
        at = datetime.fromisoformat(self._asked["at"])
        return at if at.tzinfo is not None else at.replace(tzinfo=UTC)

    def _parse(self) -> Judgement:
        source = self._own()
        found = _READERS[self._kind(source)](source)
        facts = _certificate_facts(found) if isinstance(found, Certificate) else {}
        return self._judgement(True, Code.OK, **facts)

    def _kind(self, source: bytes) -> str:
        kind = str(self._item.get("kind"))
        if kind in _READERS:
            return kind
        return "xmldsig" if looks_like_xml(source) else "cms"

    def _trust(self) -> Trust:
        lists = [(self._bytes(one["crl"]), self._certificate(one["issuer"])) for one in self._asked.get("crls", ())]
        return Trust(self._certificates("anchors"), self._certificates("intermediates"), tuple(lists))

    def _chain(self) -> Judgement:
        certificate = read_certificate(self._own())
        facts = _certificate_facts(certificate)
        try:
            build_chain(certificate, self._trust(), self._at(), self._certificates("certificates"))
        except EdsError as error:
            return self._judgement(False, error.code, **facts)
        return self._judgement(True, Code.OK, **facts)

    def _status(self, status: RevocationStatus) -> Judgement:
        return self._judgement(status.accept, status.code, **status_facts(status))

    def _crl(self) -> Judgement:
        own = self._item["file"]
        certificate = self._certificate(str(self._asked.get("certificate", own)))
        issuer = self._certificate(self._asked["issuer"])
        return self._status(crl_status(self._bytes(str(self._asked.get("crl", own))), certificate, issuer, self._at()))

    def _ocsp(self) -> Judgement:
        own = self._item["file"]
        certificate = self._certificate(str(self._asked.get("certificate", own)))
        issuer = self._certificate(self._asked["issuer"])
        nonce = bytes.fromhex(self._asked["nonce_hex"]) if self._asked.get("nonce_hex") is not None else None
        answer = self._bytes(str(self._asked.get("ocsp", own)))
        return self._status(ocsp_status(answer, certificate, issuer, self._at(), nonce))

    def _message(self) -> Judgement:
        trust, at = (self._trust(), self._at()) if self._asked["check"] == "document" else (None, None)
        source, candidates = self._own(), self._certificates("certificates")
        if self._kind(source) == "xmldsig":
            verdict = verify_xml(source, trust, at, candidates)
        else:
            content = self._bytes(self._asked["data"]) if self._asked.get("data") is not None else None
            verdict = verify_cms(source, content, trust, at, candidates)
        return _message_judgement(self._asked["id"], verdict)


def _certificate_facts(certificate: Certificate) -> Description:
    """The fields by themselves, and once more together under the name that they have in a manifest."""
    facts = certificate_facts(certificate)
    return {**facts, "certificate": facts}


def _message_judgement(identifier: str, verdict: Verdict) -> Judgement:
    signers = tuple(map(signer_facts, verdict.signers))
    shared = ("signing_time", "covers", "revoked_at", "reason")
    facts = {name: signer[name] for signer in reversed(signers) for name in shared if name in signer}
    if verdict.content is not None:
        facts["content_sha256"] = sha256(verdict.content).hexdigest()
    codes = tuple(code.value for code in verdict.codes)
    return Judgement(identifier, verdict.accept, codes, signers, facts)
