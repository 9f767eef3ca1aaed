"""One request id per request, one log line, one count. Neither query strings nor bodies are logged."""

import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from demeu.kernel import context, metrics
from demeu.kernel.logs import logger
from demeu.kernel.problems import route_of

log = logger("demeu.request")
QUIET = {"healthz", "readyz", "metrics"}


class RequestMiddleware:
    """Outermost of ours: opens the request's context and reports how it ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request under its id."""
        given = request.headers.get("X-Request-Id", "")
        with context.running(given if re.fullmatch(r"[0-9A-Za-z-]{8,64}", given) else "") as identifier:
            began = time.perf_counter()
            response = self.get_response(request)
            took_s = time.perf_counter() - began
            route = route_of(request)
            metrics.REQUESTS.labels(route, request.method, response.status_code).inc()
            metrics.REQUEST_SECONDS.labels(route).observe(took_s)
            if route not in QUIET:
                ms = round(took_s * 1000, 1)
                log.info("request", route=route, method=request.method, status=response.status_code, ms=ms)
            response["X-Request-Id"] = identifier
            return response
