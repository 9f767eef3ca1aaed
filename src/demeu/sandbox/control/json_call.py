"""One decorator that makes a plain function a JSON address: body in, mapping out, refusals as problem+json."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from pydantic import BaseModel, ConfigDict
from pydantic import ValidationError as FieldsError

from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.problems import problem_response


class Body(BaseModel):
    """What a control address accepts: known fields only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_body(request: HttpRequest, form: type[Body]) -> Any:
    """The request's JSON as the form; an empty body counts as {}."""
    try:
        content = json.loads(request.body or b"{}")
        if "\\u0000" in json.dumps(content):
            raise invalid("body.unusable", fields=[])
        return form.model_validate(content)
    except FieldsError as fault:
        fields = [".".join(str(part) for part in error["loc"]) for error in fault.errors()]
        raise invalid("body.unusable", fields=fields) from fault
    except ValueError as fault:
        raise invalid("body.not_json") from fault


def json_address(**methods: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view from functions by method name (`get=…, post=…`); each returns a mapping or (mapping, status)."""

    @wraps(next(iter(methods.values())))
    def view(request: HttpRequest, **parts: str) -> HttpResponse:
        served = methods.get((request.method or "").lower())
        if served is None:
            return HttpResponseNotAllowed([name.upper() for name in methods])
        try:
            answer = served(request, **parts)
        except Refusal as refusal:
            return problem_response(refusal)
        except ValidationError:
            return problem_response(invalid("value.unusable"))
        content, status = answer if isinstance(answer, tuple) else (answer, 200)
        return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})

    return view
