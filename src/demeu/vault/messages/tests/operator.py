"""A small operator on a real socket that keeps what it is given; refuses while `failing`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs


class Operator:
    """What was handed over, and whether it answers."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.failing = False
        self.url = ""


@contextmanager
def operator() -> Iterator[Operator]:
    """Run the operator on a free port."""
    kept = Operator()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            body: dict[str, Any] = {"code": 1, "data": {}, "message": "no"}
            if not kept.failing:
                kept.sent.append({name: values[0] for name, values in form.items()})
                body = {"code": 0, "data": {"messageId": str(len(kept.sent)), "status": 2}, "message": ""}
            answer = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/mobizon"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
