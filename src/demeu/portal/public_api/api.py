"""The public API as one object: its endpoints, its refusals, its OpenAPI 3.1 document."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from demeu.kernel.errors import Refusal, forbidden, invalid, unavailable
from demeu.kernel.ids import new_id
from demeu.kernel.logs import logger
from demeu.kernel.problems import CONTENT_TYPE, STORE_AWAY, route_of
from demeu.kernel.serving import places_of
from demeu.portal.public_api import gifts, reading
from demeu.portal.public_api.problems import problem

log = logger(__name__)
HEADERS = {
    "RateLimit": "How many requests are left in the present window, and seconds to its end",
    "RateLimit-Policy": "How many requests a window has, and its length in seconds",
}
DESCRIPTION = """What the public pages of Demeu show, for programs, and gifts made by partners' programs.

Reading needs no key; with one there are more requests a minute. Lists go by cursor: pass `next` of a page as `cursor`.
Every answer to a reading has an `ETag`; send it as `If-None-Match` and get 304 while nothing has changed.
Sums are whole numbers of tiyn (1 tenge = 100 tiyn), moments are UTC. Every error is `application/problem+json`.
Data are under CC BY 4.0."""


class PublicApi(NinjaAPI):
    """Version 1."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The document, with problems under their own media type and the headers of every answer."""
        schema = super().get_openapi_schema(**kwargs)
        for path in schema["paths"].values():
            for method in path.values():
                for status, answer in method["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        content[CONTENT_TYPE] = content.pop("application/json")
                    answer["headers"] = {
                        name: {"description": text, "schema": {"type": "string"}} for name, text in HEADERS.items()
                    }
        return schema


api = PublicApi(
    title="Demeu",
    version="1.0",
    description=DESCRIPTION,
    urls_namespace="public-api-v1",
    docs_url=None,
    openapi_url="/openapi.json",
    servers=[{"url": "/", "description": "this server"}],
    openapi_extra={
        "info": {"license": {"name": "CC BY 4.0 (the data)", "url": reading.LICENCE}},
        "tags": [{"name": "Public data"}, {"name": "Gifts"}],
    },
)
api.add_router("", reading.router)
api.add_router("", gifts.router)


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return problem(request, refusal)


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, invalid("call.unreadable", places=places_of(error)))


def _unsigned(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(request, forbidden("key.needed"), status=401)
    response["WWW-Authenticate"] = 'Bearer realm="Demeu"'
    return response


def _away(request: HttpRequest, error: Any) -> HttpResponse:
    log.warning("store_away", reason=type(error).__name__)
    return problem(request, unavailable("call.store_away"))


def _bug(request: HttpRequest, error: Any) -> HttpResponse:
    incident = str(new_id())
    log.error("bug", incident=incident, route=route_of(request), exc_info=error)
    return problem(request, unavailable("api.bug", incident=incident), status=500)


api.add_exception_handler(Refusal, _refused)
api.add_exception_handler(ValidationError, _unreadable)
api.add_exception_handler(AuthenticationError, _unsigned)
api.add_exception_handler(HttpError, lambda request, error: problem(request, invalid("call.unreadable")))
for one in STORE_AWAY:
    api.add_exception_handler(one, _away)
api.add_exception_handler(Exception, _bug)
