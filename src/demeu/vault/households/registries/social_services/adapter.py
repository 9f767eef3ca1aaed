"""Services given earlier: which special social services every member has had, and on which day."""

from demeu.vault.households.registries.exchange import (
    Element,
    Exchange,
    TypedFact,
    Unreadable,
    about_everybody,
    adapter_schema,
    flag,
    text,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=90)
FIELDS = {"service[kind, givenOn]": "service_given"}


def read(data: Element) -> list[TypedFact]:
    """«kind:day» of each service that was given; an answer that lost lines on the way does not count."""
    services = data.findall("service")
    if len(services) != int(text(data, "total")):
        raise Unreadable("fewer lines than announced")
    return [
        TypedFact("service_given", f"{text(service, 'kind')}:{text(service, 'givenOn')}", text(service, "person"))
        for service in services
        if flag(text(service, "refused")) == "false"
    ]


EXCHANGES = (
    Exchange(
        service_id="DEMEU_SOCIAL_SERVICES",
        namespace="urn:sandbox:mtszn:services:1",
        request_type="ServicesGivenRequest",
        answer_type="ServicesGivenResponse",
        schema=adapter_schema(__file__),
        requests=about_everybody,
        read=read,
    ),
)
