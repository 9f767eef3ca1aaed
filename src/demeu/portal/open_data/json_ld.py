"""Words of schema.org for pages, as data that search engines read. They repeat what the page shows and add nothing."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from demeu.portal.open_data.publisher import LICENCE_URL, publisher
from demeu.portal.ui.wording import language

Facts = dict[str, Any]
CONTEXT = "https://schema.org"


def on_page(name: str, shown: Mapping[str, Any]) -> list[Facts]:
    """What is said on a page by its URL name; nothing on pages that are not listed."""
    say = BY_PAGE.get(name)
    return say(shown) if say else []


def as_text(facts: Facts) -> str:
    """JSON that can stand inside a script element: no sign in it can end the element."""
    text = json.dumps({"@context": CONTEXT, **facts}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def platform() -> Facts:
    """The fund behind the platform."""
    owner = publisher()
    return {
        "@type": "NGO",
        "@id": f"{owner.url}/#fund",
        "name": owner.name,
        "url": f"{owner.url}/",
        "identifier": owner.identifier,
        "areaServed": {"@type": "Country", "name": "Kazakhstan"},
        "nonprofitStatus": "NonprofitType",
    }


def _home(shown: Mapping[str, Any]) -> list[Facts]:
    url = settings.DEMEU_PORTAL_PUBLIC_URL
    give = {
        "@type": "DonateAction",
        "name": "Demeu",
        "recipient": {"@id": f"{url}/#fund"},
        "target": f"{url}{reverse('giving:give')}?fund=1",
        "priceCurrency": "KZT",
    }
    search = {
        "@type": "WebSite",
        "name": "Demeu",
        "url": f"{url}/",
        "inLanguage": ["kk", "ru", "en"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{url}{reverse('catalogue:list')}?q={{words}}",
            "query-input": "required name=words",
        },
    }
    return [platform() | {"potentialAction": give}, search]


def _case(shown: Mapping[str, Any]) -> list[Facts]:
    case, money = shown.get("case"), shown.get("money")
    if case is None or money is None:
        return []
    url = settings.DEMEU_PORTAL_PUBLIC_URL
    page = f"{url}{reverse('catalogue:case', args=[case.number])}"
    told: Facts = {
        "@type": "DonateAction",
        "@id": f"{page}#give",
        "name": shown.get("title", ""),
        "description": shown.get("story", ""),
        "url": page,
        "recipient": platform(),
        "inLanguage": language(),
        "actionStatus": "PotentialActionStatus" if case.state == "published" else "CompletedActionStatus",
        "priceCurrency": "KZT",
    }
    if case.state == "published":
        told["target"] = f"{url}{reverse('giving:give')}?case={case.number}"
        told["price"] = f"{money.rest_tiyn / 100:.2f}"
    return [told]


def _organization(shown: Mapping[str, Any]) -> list[Facts]:
    row = shown.get("row")
    if row is None:
        return []
    kind = "NGO" if row.kind == "ngo" else "GovernmentOrganization"
    url = f"{settings.DEMEU_PORTAL_PUBLIC_URL}{reverse('organizations:organization', args=[row.id])}"
    return [{"@type": kind, "name": row.name, "url": url, "areaServed": {"@type": "Country", "name": "Kazakhstan"}}]


def _dataset(shown: Mapping[str, Any]) -> list[Facts]:
    url, edition = settings.DEMEU_PORTAL_PUBLIC_URL, shown.get("edition")
    files = edition.files if edition else ()
    return [
        {
            "@type": "Dataset",
            "name": "Demeu: published cases of need and the help they were given",
            "description": "Cases, things that are needed, money by state; daily, in tables, IATI and 360Giving.",
            "url": f"{url}{reverse('open-data:index')}",
            "license": LICENCE_URL,
            "isAccessibleForFree": True,
            "creator": platform(),
            "spatialCoverage": {"@type": "Country", "name": "Kazakhstan"},
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": one.media_type.partition(";")[0],
                    "contentUrl": f"{url}{reverse('open-data:file', args=['latest', one.name])}",
                    "sha256": one.sha256,
                }
                for one in files
            ],
        }
    ]


BY_PAGE: Mapping[str, Callable[[Mapping[str, Any]], list[Facts]]] = {
    "catalogue:home": _home,
    "catalogue:case": _case,
    "organizations:organization": _organization,
    "open-data:index": _dataset,
}
