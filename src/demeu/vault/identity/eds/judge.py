"""Runs the checks of a conformance set (`manifest.json`, schema eds-conformance/1) blind to what they expect."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from demeu.vault.identity.eds.certificate import Certificate, read_certificate
from demeu.vault.identity.eds.chain import Trust, build_chain
from demeu.vault.identity.eds.cms import verify_cms
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.crl import RevocationList, crl_status
from demeu.vault.identity.eds.ocsp import ocsp_status
from demeu.vault.identity.eds.verdict import RevocationStatus, SignerVerdict, Verdict
from demeu.vault.identity.eds.xmldsig import verify_xml

Description = dict[str, Any]


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
    for item in manifest["items"]:
        for check in item["checks"]:
            yield _Check(folder, item, {**manifest["default_trust"], **check}).run()


def certificate_facts(certificate: Certificate) -> Description:
    """Fields of a certificate in the words of the conformance set."""
    return {
        "subject": {name: value for name, value in asdict(certificate.subject).items() if value is not None},
        "issuer_common_name": certificate.issuer_common_name,
        "serial_hex": certificate.serial_hex,
        "not_before": _iso(certificate.not_before),
        "not_after": _iso(certificate.not_after),
        "key": certificate.public_key.kind,
        "is_ca": certificate.is_ca,
        "key_usage": list(certificate.key_usage),
        "extended_key_usage": list(certificate.extended_key_usage),
        "key_purpose": certificate.key_purpose,
        "roles": list(certificate.roles),
        "subject_key_id": certificate.subject_key_id,
    }


class _Check:
    def __init__(self, folder: Path, item: Description, asked: Description) -> None:
        self._folder = folder
        self._item = item
        self._asked = asked

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

    def _judgement(self, accept: bool, code: Code, **facts: Any) -> Judgement:
        return Judgement(self._asked["id"], accept, (code.value,), facts=facts)

    def _bytes(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()

    def _own(self) -> bytes:
        return self._bytes(self._item["file"])

    def _certificate(self, name: str) -> Certificate:
        return read_certificate(self._bytes(name))

    def _at(self) -> datetime:
        return datetime.fromisoformat(self._asked["at"])

    def _parse(self) -> Judgement:
        facts: Description = {}
        if self._item["kind"] == "certificate":
            facts["certificate"] = certificate_facts(read_certificate(self._own()))
        elif self._item["kind"] == "crl":
            RevocationList(self._own())
        else:
            return self._message()
        return self._judgement(True, Code.OK, **facts)

    def _trust(self) -> Trust:
        lists = [(self._bytes(one["crl"]), self._certificate(one["issuer"])) for one in self._asked.get("crls", ())]
        return Trust(
            tuple(map(self._certificate, self._asked["anchors"])),
            tuple(map(self._certificate, self._asked["intermediates"])),
            tuple(lists),
        )

    def _chain(self) -> Judgement:
        certificate = read_certificate(self._own())
        build_chain(certificate, self._trust(), self._at())
        return self._judgement(True, Code.OK, certificate=certificate_facts(certificate))

    def _status(self, status: RevocationStatus) -> Judgement:
        facts: Description = {}
        if status.revoked_at is not None:
            facts = {"revoked_at": _iso(status.revoked_at), "reason": status.reason}
        return self._judgement(status.accept, status.code, **facts)

    def _crl(self) -> Judgement:
        own = self._item["file"]
        certificate = self._certificate(str(self._asked.get("certificate", own)))
        issuer = self._certificate(self._asked["issuer"])
        return self._status(crl_status(self._bytes(str(self._asked.get("crl", own))), certificate, issuer, self._at()))

    def _ocsp(self) -> Judgement:
        certificate, issuer = self._certificate(self._asked["certificate"]), self._certificate(self._asked["issuer"])
        nonce = bytes.fromhex(self._asked["nonce_hex"]) if "nonce_hex" in self._asked else None
        return self._status(ocsp_status(self._own(), certificate, issuer, self._at(), nonce))

    def _message(self) -> Judgement:
        trust, at = (self._trust(), self._at()) if self._asked["check"] == "document" else (None, None)
        candidates = tuple(map(self._certificate, self._asked.get("certificates", ())))
        if self._item["kind"] == "xmldsig":
            verdict = verify_xml(self._own(), trust, at, candidates)
        else:
            content = self._bytes(self._asked["data"]) if "data" in self._asked else None
            verdict = verify_cms(self._own(), content, trust, at, candidates)
        return _message_judgement(self._asked["id"], verdict)


def _message_judgement(identifier: str, verdict: Verdict) -> Judgement:
    facts: Description = {}
    if verdict.content is not None:
        facts["content_sha256"] = sha256(verdict.content).hexdigest()
    return Judgement(
        identifier,
        verdict.accept,
        tuple(code.value for code in verdict.codes),
        tuple(map(_signer_description, verdict.signers)),
        facts,
    )


def _signer_description(signer: SignerVerdict) -> Description:
    described: Description = {"serial_hex": signer.serial_hex, "codes": [signer.code.value]}
    if signer.signing_time is not None:
        described["signing_time"] = _iso(signer.signing_time)
    if signer.covers is not None:
        described["covers"] = signer.covers
    return described


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
