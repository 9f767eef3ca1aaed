"""What NCALayer does with a request to sign: whose key, which form, which answer. No protocol of the socket here."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime

from asn1crypto import pem

from demeu.kernel.clock import now
from demeu.kernel.errors import invalid, not_found
from demeu.sandbox.identity import actions, queries
from demeu.sandbox.identity.models import HeldKey
from demeu.sandbox.signing import cms, keys, xmldsig


def sign(
    *,
    form: str,
    documents: list[str],
    reference: str = "",
    purpose: str = "sign",
    encapsulate: bool = False,
    decode: bool = True,
    digested: bool = False,
) -> tuple[list[str], HeldKey] | None:
    """Signatures over the documents (CMS in PEM, or signed XML) and the key used; None when the user cancels.

    `decode`: the documents are base64; `digested`: they are digests already; `reference`: key id or IIN.
    """
    if actions.take_cancellation():
        return None
    held = chosen_key(reference, purpose)
    pair = queries.pair(held)

    def as_cms(text: str) -> str:
        content = _content(text, decode or digested)
        return cms.to_pem(
            cms.sign(
                content=b"" if digested else content,
                key=pair.key,
                certificate=pair.certificate,
                at=now(),
                attached=encapsulate,
                digest=content if digested else None,
            )
        )

    def as_xml(text: str) -> str:
        try:
            return xmldsig.sign_enveloped(text.encode(), key=pair.key, certificate=pair.certificate).decode()
        except ValueError as fault:
            raise invalid("document.not_xml") from fault

    forms: dict[str, Callable[[str], str]] = {"cms": as_cms, "xml": as_xml}
    if form not in forms:
        raise invalid("signature.unknown_form", form=form)
    return [forms[form](document) for document in documents], held


def chosen_key(reference: str, purpose: str) -> HeldKey:
    """The named key, else the picked one; a key for sign-in is issued when its owner has none yet."""
    held = queries.find_key(reference) if reference else queries.current_key()
    if held is None or held.purpose == "system":
        raise not_found("key.unknown" if reference else "key.none_chosen")
    if purpose == held.purpose or purpose != "auth":
        return held
    other = held.holder.keys.filter(purpose="auth", revoked_at=None).order_by("-made_at").first()
    return other or actions.issue_key(holder=held.holder, purpose="auth")


def key_description(reference: str) -> dict[str, str]:
    """What NCALayer tells a page about a key (`getKeyInfo`): names, numbers, validity in ms, certificate in PEM."""
    held = chosen_key(reference, "sign")
    certificate = queries.pair(held).certificate
    validity = certificate["tbs_certificate"]["validity"]
    return {
        "alias": str(held.id),
        "algorithm": "ECGOST3410-2015-512" if held.algorithm == keys.GOST else "RSA",
        "certNotAfter": _milliseconds(validity["not_after"].native),
        "certNotBefore": _milliseconds(validity["not_before"].native),
        "issuerCn": certificate.issuer.native["common_name"],
        "issuerDn": certificate.issuer.human_friendly,
        "keyId": certificate.key_identifier.hex(),
        "pem": pem.armor("CERTIFICATE", certificate.dump()).decode().replace("\r\n", "\n"),
        "serialNumber": str(certificate.serial_number),
        "subjectCn": certificate.subject.native["common_name"],
        "subjectDn": certificate.subject.human_friendly,
    }


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def _content(text: str, decode: bool) -> bytes:
    if not decode:
        return text.encode()
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as fault:
        raise invalid("document.not_base64") from fault
