"""The consent receipt: fields of ISO/IEC TS 27560:2023 as JSON-LD over the W3C Data Privacy Vocabulary. Pure.

It names the person by reference only, so that the receipt itself gives nothing away.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from demeu.contracts.words import Purpose, Registry
from demeu.vault.consents.rules import ConsentState

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
STATUS = {
    ConsentState.ASKED: "dpv:ConsentRequested",
    ConsentState.GRANTED: "dpv:ConsentGiven",
    ConsentState.REFUSED: "dpv:ConsentRefused",
    ConsentState.EXPIRED: "dpv:ConsentExpired",
    ConsentState.WITHDRAWN: "dpv:ConsentWithdrawn",
}
WHOLE = "all fields of this source"
SCHEMA_VERSION = "ISO/IEC TS 27560:2023"


def receipt_json_ld(
    *,
    consent: UUID,
    person: UUID,
    state: ConsentState,
    purpose: Purpose,
    registries: tuple[Registry, ...],
    fields: Mapping[str, Sequence[str]],
    text_version: str,
    lang: str,
    events: tuple[tuple[str, datetime, str], ...],
    expires_at: datetime | None,
    controller_bin: str,
) -> str:
    """The receipt as JSON text; `events` are (state, time, by what) in order."""
    body = {
        "@context": CONTEXT,
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": SCHEMA_VERSION,
        "dct:identifier": f"urn:uuid:{consent}",
        "dpv:hasDataSubject": {"@id": f"urn:uuid:{person}"},
        "dpv:hasDataController": {
            "@type": "dpv:DataController",
            "dct:title": "Demeu",
            "dct:identifier": controller_bin,
        },
        "dpv:hasConsentStatus": STATUS[state],
        "dpv:hasProcess": {
            "@type": "dpv:Process",
            "dpv:hasPurpose": purpose.value,
            "dpv:hasLegalBasis": "dpv:Consent",
            "dpv:hasProcessing": ["dpv:Collect", "dpv:Store", "dpv:Use"],
            "dpv:hasDataSource": sorted(registries),
            "dpv:hasPersonalData": [
                {"dpv:hasDataSource": name, "dct:extent": sorted(fields.get(name, ())) or WHOLE} for name in registries
            ],
            "dpv:hasStorageCondition": {"dpv:hasLocation": "KZ"},
            "dpv:hasRight": ["dpv:RightToWithdrawConsent", "dpv:RightToAccess", "dpv:RightToRectification"],
        },
        "dpv:hasNotice": {"@type": "dpv:ConsentNotice", "dct:hasVersion": text_version, "dct:language": lang},
        "dct:valid": expires_at.isoformat() if expires_at else None,
        "dpv:hasConsentEvent": [
            {"dpv:hasConsentStatus": STATUS[ConsentState(name)], "dct:date": at.isoformat(), "dpv:isIndicatedBy": by}
            for name, at, by in events
        ],
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1)
