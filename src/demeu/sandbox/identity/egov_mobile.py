"""The stand-in of eGov Mobile: takes the link of a QR code, asks the site's two addresses and brings signatures back.

Talks to the address in the link only, and refuses whatever departs from the published description (API 1 and API 2).
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from demeu.kernel.clock import now
from demeu.kernel.errors import invalid, unavailable
from demeu.sandbox.identity import queries, signing_desk
from demeu.sandbox.signing import cms, xmldsig

SCHEME = "mobileSign:"
TIME_LIMIT_S = 20.0
METHODS = ("XML", "CMS_WITH_DATA", "CMS_SIGN_ONLY")


@dataclass(frozen=True)
class Asked:
    """What the phone shows before the person agrees: who asks, for what, until when."""

    description: str
    organisation: str
    bin: str
    documents: list[str]


def sign_by_link(*, link: str, reference: str) -> Asked:
    """What the application does after a scan: fetch, sign with the person's key, bring back. `reference`: key or label.

    Refuses `egov.` + bad_link, bad_answer, over, site_refused; `key.unknown`.
    """
    if not link.startswith(SCHEME):
        raise invalid("egov.bad_link")
    with httpx.Client(timeout=TIME_LIMIT_S, trust_env=False, follow_redirects=False) as client:
        about = _json(client, "GET", link.removeprefix(SCHEME))
        uri, headers = _address(about)
        order = _json(client, "GET", uri, headers=headers)
        signed = _signed(order, reference)
        answer = client.put(uri, json=signed, headers=headers)
    if answer.status_code != httpx.codes.OK:
        raise invalid("egov.site_refused", status=str(answer.status_code))
    return Asked(
        str(about.get("description", "")),
        str(about["organisation"]["nameRu"]),
        str(about["organisation"]["bin"]),
        [str(one.get("nameRu", "")) for one in order["documentsToSign"]],
    )


def _json(client: httpx.Client, method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        answer = client.request(method, address, **more)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise unavailable("egov.site_refused") from None
    if not isinstance(found, dict):
        raise invalid("egov.bad_answer")
    return found


def _address(about: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Where the document is, and the header that proves the right to it; strict about every field."""
    try:
        document, organisation = about["document"], about["organisation"]
        expires_at = datetime.fromisoformat(about["expiry_date"])
        names = [organisation[name] for name in ("nameRu", "nameKz", "nameEn", "bin")]
        uri, kind = document["uri"], document["auth_type"]
        headers = {"Authorization": f"Bearer {document['auth_token']}"} if kind == "Token" else {}
    except (KeyError, TypeError, ValueError):
        raise invalid("egov.bad_answer") from None
    if not all(isinstance(name, str) and name for name in names) or kind not in ("Token", "None"):
        raise invalid("egov.bad_answer")
    if expires_at.tzinfo is None or expires_at < now():
        raise invalid("egov.over")
    return str(uri), headers


def _signed(order: dict[str, Any], reference: str) -> dict[str, Any]:
    """The order with every document replaced by its signature."""
    pair = queries.pair(signing_desk.chosen_key(reference, "sign"))
    if order.get("signMethod") not in METHODS or not isinstance(order.get("documentsToSign"), list):
        raise invalid("egov.bad_answer")
    documents = []
    try:
        for one in order["documentsToSign"]:
            if order["signMethod"] == "XML":
                text = str(one["documentXml"]).encode()
                signed = xmldsig.sign_enveloped(text, key=pair.key, certificate=pair.certificate)
                documents.append({**one, "documentXml": signed.decode()})
                continue
            content = base64.b64decode(one["document"]["file"]["data"], validate=True)
            made = cms.sign(
                content=content,
                key=pair.key,
                certificate=pair.certificate,
                at=now(),
                attached=order["signMethod"] == "CMS_WITH_DATA",
            )
            file = {**one["document"]["file"], "data": base64.b64encode(made).decode()}
            documents.append({**one, "document": {"file": file}})
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise invalid("egov.bad_answer") from None
    return {**order, "documentsToSign": documents}
