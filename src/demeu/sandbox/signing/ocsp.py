"""OCSP answers (RFC 6960) signed by the authority itself, the nonce of the question repeated.

Pure: whoever calls knows which certificates exist and which are withdrawn.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from asn1crypto import core, ocsp, x509

from demeu.sandbox.signing import keys
from demeu.sandbox.signing.certificates import Issuer, spki_of
from demeu.sandbox.signing.revocation import Revoked

# What is known of a certificate by its number: its withdrawal, False for one that is good, None for one never issued.
Lookup = Callable[[int], Revoked | bool | None]


def asked_serials(question: bytes, authority: x509.Certificate) -> list[int]:
    """Numbers of this authority's certificates that the question is about; ValueError for what is no question."""
    request = ocsp.OCSPRequest.load(question, strict=True)
    about = [one["req_cert"] for one in request["tbs_request"]["request_list"]]
    return [one["serial_number"].native for one in about if _is_of(one, authority)]


def answer(question: bytes, *, authority: x509.Certificate, issuer: Issuer, lookup: Lookup, at: datetime) -> bytes:
    """The signed answer about every certificate asked about; `unauthorized` when one is of another authority."""
    request = ocsp.OCSPRequest.load(question, strict=True)
    about = [one["req_cert"] for one in request["tbs_request"]["request_list"]]
    if not about or not all(_is_of(one, authority) for one in about):
        return bytes(ocsp.OCSPResponse({"response_status": "unauthorized"}).dump())
    moment = at.replace(microsecond=0)
    data: dict[str, object] = {
        "responder_id": ocsp.ResponderId("by_name", issuer.name),
        "produced_at": moment,
        "responses": [_single(one, lookup(one["serial_number"].native), moment) for one in about],
    }
    nonces = [one for one in request["tbs_request"]["request_extensions"] or () if one["extn_id"].native == "nonce"]
    if nonces:
        data["response_extensions"] = [ocsp.ResponseDataExtension.load(nonces[0].dump())]
    response = ocsp.ResponseData(data)
    basic = ocsp.BasicOCSPResponse(
        {
            "tbs_response_data": response,
            "signature_algorithm": keys.signature_algorithm(issuer.key.algorithm),
            "signature": issuer.key.sign(response.dump()),
        }
    )
    told = {"response_type": "basic_ocsp_response", "response": core.ParsableOctetString(basic.dump())}
    return bytes(ocsp.OCSPResponse({"response_status": "successful", "response_bytes": told}).dump())


def _single(about: ocsp.CertId, known: Revoked | bool | None, at: datetime) -> dict[str, object]:
    if isinstance(known, Revoked):
        details = {"revocation_time": known.at.replace(microsecond=0), "revocation_reason": known.reason}
        status = ocsp.CertStatus("revoked", ocsp.RevokedInfo(details))
    else:
        status = ocsp.CertStatus("unknown" if known is None else "good", core.Null())
    return {"cert_id": about, "cert_status": status, "this_update": at}


def _is_of(about: ocsp.CertId, authority: x509.Certificate) -> bool:
    if about["hash_algorithm"]["algorithm"].native != "sha256":
        return False
    bits = core.Sequence.load(spki_of(authority))[1].contents[1:]
    name = authority["tbs_certificate"]["subject"].dump()
    return (about["issuer_name_hash"].native, about["issuer_key_hash"].native) == (
        hashlib.sha256(name).digest(),
        hashlib.sha256(bits).digest(),
    )
