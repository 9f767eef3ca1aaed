"""Alive and ready: `/healthz` says the process runs, `/readyz` asks its database and names its dependencies."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from demeu.kernel.disk import intake_is_open

QUERY_MS_MAX = 1000
DEPENDENCY_S_MAX = 0.5
NO_STORE = "django.db.backends.dummy"


def alive() -> dict[str, object]:
    """The process runs and can answer."""
    return {"status": "alive", "role": settings.DEMEU_ROLE}


def readiness() -> tuple[bool, dict[str, object]]:
    """Whether requests can be served now; a dependency that is down is named but does not make us unready."""
    checks = {"database": _database()} if _has_database() else {}
    dependencies = {name: _dependency(name) for name in settings.DEMEU_DEPENDS_ON}
    ready = all(found == "ok" for found in checks.values())
    status = "ready" if ready else "not ready"
    said = {"status": status, "role": settings.DEMEU_ROLE, "checks": checks, "dependencies": dependencies}
    return ready, said | {"intake": "open" if intake_is_open() else "closed: disk nearly full"}


def _has_database() -> bool:
    """Django fills an empty DATABASES with a dummy engine, so a role without a store is told by that."""
    return bool(settings.DATABASES.get("default", {}).get("ENGINE", NO_STORE) != NO_STORE)


def _database() -> str:
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(QUERY_MS_MAX)])
            cursor.execute("SELECT count(*) FROM django_migrations")
            return "ok" if cursor.fetchone()[0] > 0 else "empty"
    except DatabaseError as error:
        connection.close()
        return type(error).__name__


def _dependency(name: str) -> str:
    try:
        answer = httpx.get(f"{settings.DEMEU_ADDRESSES[name]}/healthz", timeout=DEPENDENCY_S_MAX, trust_env=False)
        return "ok" if answer.status_code == 200 else f"status {answer.status_code}"
    except httpx.HTTPError as error:
        return type(error).__name__


def healthz(request: HttpRequest) -> HttpResponse:
    """Is the process alive."""
    return JsonResponse(alive())


def readyz(request: HttpRequest) -> HttpResponse:
    """Can it serve now."""
    ready, said = readiness()
    return JsonResponse(said, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus figures, for the machine itself and its private network only."""
    if request.META.get("REMOTE_ADDR", "") not in settings.DEMEU_METRICS_FROM:
        return HttpResponse(status=404)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def serve_health(port: int, ready: Callable[[], tuple[bool, dict[str, object]]] = readiness) -> ThreadingHTTPServer:
    """The same three pages for a process without a web server of its own, on a thread, loopback only."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/healthz":
                self._send(200, json.dumps(alive()).encode(), "application/json")
            elif self.path == "/readyz":
                good, said = ready()
                self._send(200 if good else 503, json.dumps(said).encode(), "application/json")
            elif self.path == "/metrics":
                self._send(200, generate_latest(), CONTENT_TYPE_LATEST)
            else:
                self._send(404, b"", "text/plain")

        def _send(self, status: int, body: bytes, content_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
