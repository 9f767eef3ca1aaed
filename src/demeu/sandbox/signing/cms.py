"""CMS SignedData version 1 (RFC 5652) with one signer, content inside or apart; making and checking.

Signed attributes are contentType, signingTime and messageDigest; the signature stands over their DER as a SET.
"""

import base64
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core, pem, x509

from demeu.sandbox.signing import algorithms as oid
from demeu.sandbox.signing import keys
from demeu.sandbox.signing.certificates import spki_of

_DIGESTS = {oid.GOST_DIGEST: keys.GOST, oid.RSA_DIGEST: keys.RSA}


@dataclass(frozen=True)
class Verified:
    """A signature that holds: who signed, when they said it was, and what."""

    certificate: x509.Certificate
    signing_time: datetime
    content: bytes


def sign(
    *,
    content: bytes,
    key: keys.SigningKey,
    certificate: x509.Certificate,
    at: datetime,
    attached: bool = False,
    digest: bytes | None = None,
) -> bytes:
    """SignedData in DER over the content, or over a `digest` that the caller already has (then detached)."""
    attributes = _attributes(digest or keys.digest(key.algorithm, content), at)
    tbs = certificate["tbs_certificate"]
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number", {"issuer": tbs["issuer"], "serial_number": tbs["serial_number"].native}
            ),
            "digest_algorithm": keys.digest_algorithm(key.algorithm),
            "signed_attrs": attributes,
            "signature_algorithm": keys.signature_algorithm(key.algorithm),
            "signature": key.sign(attributes.dump()),
        }
    )
    inner: dict[str, object] = {"content_type": "data"}
    if attached and digest is None:
        inner["content"] = content
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": algos_set(key.algorithm),
            "encap_content_info": inner,
            "certificates": [cms.CertificateChoices("certificate", certificate)],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def to_pem(der: bytes) -> str:
    """The message as NCALayer hands it over: PEM with the label CMS."""
    return str(pem.armor("CMS", der).decode()).replace("\r\n", "\n")


def from_text(text: str) -> bytes:
    """DER out of PEM (label CMS) or plain base64."""
    raw = text.encode()
    if pem.detect(raw):
        return bytes(pem.unarmor(raw)[2])
    return base64.b64decode("".join(text.split()), validate=True)


def verify(der: bytes, content: bytes | None = None) -> Verified:
    """Check the only signer's digest and signature; ValueError names what is wrong. Trust is the caller's matter."""
    signed = cms.ContentInfo.load(der, strict=True)["content"]
    inner = signed["encap_content_info"]["content"]
    found = inner.native if inner.native is not None else content
    if found is None or (content is not None and found != content):
        raise ValueError("content missing or different")
    (signer,) = signed["signer_infos"]
    attributes = {attribute["type"].native: attribute["values"][0] for attribute in signer["signed_attrs"]}
    algorithm = _DIGESTS.get(signer["digest_algorithm"]["algorithm"].dotted)
    if algorithm is None or attributes["message_digest"].native != keys.digest(algorithm, found):
        raise ValueError("digest mismatch")
    certificate = _certificate_of(signed, signer)
    over = signer["signed_attrs"].untag().dump()
    name = signer["signature_algorithm"]["algorithm"].dotted
    if not keys.verify(spki_of(certificate), name, over, signer["signature"].native):
        raise ValueError("bad signature")
    return Verified(certificate, attributes["signing_time"].native, found)


def algos_set(algorithm: str) -> list[algos.DigestAlgorithm]:
    """The digest algorithms of a message with one signer."""
    return [keys.digest_algorithm(algorithm)]


def _attributes(digest: bytes, at: datetime) -> cms.CMSAttributes:
    moment = cms.Time({"utc_time": core.UTCTime(at.replace(microsecond=0))})
    return cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["data"]},
            {"type": "signing_time", "values": [moment]},
            {"type": "message_digest", "values": [core.OctetString(digest)]},
        ]
    )


def _certificate_of(signed: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate:
    wanted = signer["sid"].chosen
    for choice in signed["certificates"]:
        tbs = choice.chosen["tbs_certificate"]
        if (
            tbs["serial_number"].native == wanted["serial_number"].native
            and tbs["issuer"].dump() == wanted["issuer"].dump()
        ):
            return choice.chosen
    raise ValueError("signer certificate missing")
