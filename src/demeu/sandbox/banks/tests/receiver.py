"""A real HTTP server on the loopback that stands for the merchant: it remembers what was posted and answers as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from demeu.sandbox.banks.rules.json_text import json_object


@dataclass
class Receiver:
    """What was received; statuses still to be answered (200 when none is left) and the JSON answer to a question."""

    address: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    questions: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answer: dict[str, object] = field(default_factory=dict)
    reply: dict[str, object] = field(default_factory=dict)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A listening merchant for the length of the block."""
    seen = Receiver()

    class Merchant(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_form = "urlencoded" in self.headers.get("Content-Type", "")
            seen.bodies.append(dict(parse_qsl(body.decode(), keep_blank_values=True)) if is_form else json_object(body))
            seen.paths.append(self.path)
            seen.headers.append(dict(self.headers))
            self.send_response(seen.statuses.pop(0) if seen.statuses else 200)
            self.end_headers()
            self.wfile.write(json.dumps(seen.reply).encode() if seen.reply else b"")

        def do_GET(self) -> None:
            seen.questions.append((self.client_address[0], dict(parse_qsl(urlsplit(self.path).query))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(seen.answer).encode())

        def log_message(self, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Merchant)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    seen.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
