"""Who publishes the files and under which licence: one description for every standard."""

from dataclasses import dataclass

from django.conf import settings

LICENCE_NAME = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Publisher:
    """Name, identifier by org-id.guide, and address of the site."""

    name: str
    identifier: str
    url: str


def publisher() -> Publisher:
    """As the operator's settings say."""
    return Publisher(
        settings.DEMEU_PORTAL_ORGANISATION,
        settings.DEMEU_PORTAL_ORGANISATION_ID or f"KZ-BIN-{settings.DEMEU_PORTAL_ORGANISATION_BIN}",
        settings.DEMEU_PORTAL_PUBLIC_URL,
    )
