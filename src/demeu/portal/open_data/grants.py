"""Funded cases as grants of the 360Giving standard 1.4. Who received is never named. Pure but for names of regions."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from demeu.contracts.words import NeedGroup
from demeu.portal.open_data.publisher import LICENCE_TITLE, LICENCE_URL, Publisher
from demeu.portal.public_api import schemas
from demeu.portal.public_api.showing import COUNTRY_KATO, region_of

VERSION = "1.4"
GRANTED = ("funded", "delivering", "completed")
# Codes of the standard's list grantToIndividualsReason.
REASONS: Mapping[NeedGroup, str] = {
    NeedGroup.CHILDREN_YOUTH: "GTIR010",
    NeedGroup.PEOPLE_DISABILITY: "GTIR020",
    NeedGroup.OLDER_PEOPLE: "GTIR010",
    NeedGroup.POOR_HOMELESS: "GTIR080",
    NeedGroup.EMERGENCY_VIOLENCE_VICTIMS: "GTIR100",
    NeedGroup.SEVERE_ILLNESS: "GTIR030",
    NeedGroup.EX_PRISONERS_ADDICTIONS: "GTIR090",
}


def package_head(*, made_at: datetime, publisher: Publisher) -> dict[str, Any]:
    """The package without its grants, which are written one by one."""
    return {
        "version": VERSION,
        "title": "Demeu: help given to families, case by case",
        "description": "Each grant is one published case whose whole list of things has been funded by gifts.",
        "issued": f"{made_at:%Y-%m-%d}",
        "modified": f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        "identifier": f"{publisher.identifier}-{made_at:%Y%m%dT%H%M%S}",
        "publisher": {"identifier": publisher.identifier, "name": publisher.name, "website": publisher.url},
        "license": LICENCE_URL,
        "license_name": LICENCE_TITLE,
        "downloadURL": f"{publisher.url}/open-data/latest/360giving.json",
    }


def grant(case: schemas.Case, *, funded_on: date, publisher: Publisher) -> dict[str, Any]:
    """One funded case."""
    country, region = case.region_kato == COUNTRY_KATO, region_of(case.region_kato)
    spent_tiyn = case.sums.paid_tiyn + case.sums.delivered_tiyn
    return {
        "id": f"360G-demeu-{case.number}",
        "title": case.title.en or case.title.ru,
        "description": case.story.en or case.story.ru,
        "currency": "KZT",
        "amountAwarded": case.needed_tiyn / 100,
        "amountDisbursed": spent_tiyn / 100,
        "awardDate": funded_on.isoformat(),
        "url": case.url,
        "recipientIndividual": {"id": f"360G-demeu-individual:{case.number}", "name": "Individual"},
        "toIndividualsDetails": {"primaryGrantReason": REASONS[case.group]},
        "fundingOrganization": [{"id": publisher.identifier, "name": publisher.name}],
        "beneficiaryLocation": [{"name": region.en, "countryCode": "KZ"}],
        "locationScope": "GLS030" if country else "GLS040",
        "grantProgramme": [{"code": str(case.group), "title": str(case.group).replace("_", " ")}],
    }
