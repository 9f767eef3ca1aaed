"""Serving operations: one POST per operation over django-ninja, signed calls only, problem+json for every refusal."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel

from demeu.kernel import clock, signing
from demeu.kernel.calling import keyring
from demeu.kernel.context import NOBODY, Acting
from demeu.kernel.disk import require_room
from demeu.kernel.errors import Refusal, invalid, unavailable
from demeu.kernel.inbox import RECEIVE, Envelope, accept
from demeu.kernel.logs import logger
from demeu.kernel.operations import Empty, Operation
from demeu.kernel.problems import CONTENT_TYPE, PROBLEM_STATUSES, STORE_AWAY, Problem, bug_response, problem_response

log = logger(__name__)

Request = TypeVar("Request", bound=BaseModel)
Response = TypeVar("Response", bound=BaseModel)


@dataclass(frozen=True)
class Call:
    """Who asks, for whom and in which office, why, and until when the answer is of use."""

    caller: str
    actor: str
    purpose: str
    idempotency_key: str
    deadline: float
    acting: Acting = NOBODY


Handler = Callable[[Call, Request], Response]


class OperationApi(NinjaAPI):
    """The API of one service; publishes OpenAPI 3.1 at /api/openapi.json."""

    def serve(
        self, operation: Operation[Request, Response]
    ) -> Callable[[Handler[Request, Response]], Handler[Request, Response]]:
        """Register a handler `(call, body) -> response` for an operation."""

        def decorate(handler: Handler[Request, Response]) -> Handler[Request, Response]:
            def view(request: HttpRequest, body: Any) -> Any:
                call = _verified(request, operation)
                return _answer(operation, handler, call, body, request.body)

            view.__annotations__ = {"request": HttpRequest, "body": operation.request}
            view.__doc__ = handler.__doc__
            self.post(
                f"/{operation.name}",
                response={200: operation.response, **dict.fromkeys(PROBLEM_STATUSES, Problem)},
                operation_id=operation.name,
                summary=operation.name,
                auth=_bearer,
            )(view)
            return handler

        return decorate

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The schema, with refusals under their own media type."""
        schema = super().get_openapi_schema(**kwargs)
        for path in schema["paths"].values():
            for method in path.values():
                for status, answer in method.get("responses", {}).items():
                    if str(status) != "200" and "application/json" in answer.get("content", {}):
                        answer["content"][CONTENT_TYPE] = answer["content"].pop("application/json")
        return schema


def operation_api(service: str) -> OperationApi:
    """The API object of a service, with problem+json for refusals, bad input and bugs, and the inbox of events."""
    api = OperationApi(title=f"Demeu {service}", version="1", urls_namespace=f"{service}-api", docs_url=None)
    api.add_exception_handler(Refusal, lambda request, refusal: problem_response(_as_refusal(refusal)))
    api.add_exception_handler(ValidationError, lambda request, error: problem_response(_unreadable(error)))
    api.add_exception_handler(HttpError, lambda request, error: problem_response(invalid("call.unreadable")))
    for away in STORE_AWAY:
        api.add_exception_handler(away, _store_away)
    api.add_exception_handler(Exception, _bug)
    if getattr(settings, "DEMEU_REACTIONS", ""):
        api.serve(RECEIVE)(_receive)
    return api


def _store_away(request: HttpRequest, error: Any) -> HttpResponse:
    log.warning("store_away", reason=type(error).__name__)
    return problem_response(unavailable("call.store_away"))


def _receive(call: Call, body: Envelope) -> Empty:
    """Take an event of another service in."""
    return accept(body, call.caller)


def _as_refusal(error: Any) -> Refusal:
    return error if isinstance(error, Refusal) else invalid("call.unreadable")


def _unreadable(error: Any) -> Refusal:
    return invalid("call.unreadable", places=places_of(error))


def places_of(error: ValidationError) -> list[str]:
    """Each place of bad input with what is wrong there; what was sent is not repeated, it may be personal."""
    places = [".".join(_place(part) for part in fault["loc"][1:]) + f": {fault['type']}" for fault in error.errors]
    return places[:20]


def _place(part: object) -> str:
    """One step of a place: a number or a name like those of our fields; any other name came with the body."""
    text = str(part)
    return text if re.fullmatch(r"[a-z0-9_]{1,40}", text) else "?"


def _bug(request: HttpRequest, error: Any) -> HttpResponse:
    return bug_response(request, error)


def _bearer(request: HttpRequest) -> str:
    """The signed token; its claims are checked against operation and body in the view."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" and token else "-"


_bearer.openapi_security_schema = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}  # type: ignore[attr-defined]


def _verified(request: HttpRequest, operation: Operation[Any, Any]) -> Call:
    claims = signing.verify_call(
        keyring(),
        str(getattr(request, "auth", "-")),
        operation=operation.name,
        body=request.body,
        callers=settings.DEMEU_CALLERS.get(operation.name, ()),
    )
    try:
        deadline = float(request.headers.get("Demeu-Deadline", time.time() + 30))
    except ValueError:
        raise invalid("call.unreadable", places=["Demeu-Deadline"]) from None
    if deadline < time.time():
        raise unavailable("call.deadline_passed")
    key = request.headers.get("Idempotency-Key", "")
    if operation.stores_answer and not 8 <= len(key) <= 80:
        raise invalid("call.no_key")
    return Call(claims.caller, claims.actor, claims.purpose, key, deadline, claims.acting)


def _answer(
    operation: Operation[Request, Response],
    handler: Handler[Request, Response],
    call: Call,
    body: Request,
    raw: bytes,
) -> Any:
    """Run the handler; for a keyed operation in one transaction with the answer kept under the key."""
    if operation.intake:
        require_room()
    if not operation.stores_answer or not settings.DATABASES.get("default"):
        return handler(call, body)
    with transaction.atomic():
        _limit_statements(call.deadline)
        kept = _kept_answer(operation, call, raw)
        if kept is not None:
            return operation.response.model_validate(kept)
        answer = handler(call, body)
        _keep(operation, call, raw, answer)
    return answer


def _limit_statements(deadline: float) -> None:
    left_ms = max(100, int((deadline - time.time()) * 1000))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(left_ms)])


def _kept_answer(operation: Operation[Any, Any], call: Call, raw: bytes) -> Any:
    """The answer given before under this key. A second call waits here for the first to commit."""
    from demeu.kernel.models import AnsweredCall

    lock = f"{call.caller}/{operation.name}/{call.idempotency_key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    row = AnsweredCall.objects.filter(caller=call.caller, operation=operation.name, key=call.idempotency_key).first()
    if row is None:
        return None
    if row.body_digest != signing.body_digest(raw):
        raise invalid("call.key_reused")
    return row.answer


def _keep(operation: Operation[Any, Any], call: Call, raw: bytes, answer: BaseModel) -> None:
    from demeu.kernel.models import AnsweredCall

    AnsweredCall.objects.create(
        caller=call.caller,
        operation=operation.name,
        key=call.idempotency_key,
        body_digest=signing.body_digest(raw),
        answer=json.loads(answer.model_dump_json()),
        at=clock.now(),
    )
