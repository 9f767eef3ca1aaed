"""Two small gateways on a real socket, Mobizon and smsc.kz, that keep what they are given; each fails while told to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs


class Operator:
    """What was handed over (newest last), by which gateway, and how each answers.

    `failing`: gateways that refuse; `wrong_number`: ones that call the number wrong; `states`: id → state of receipts.
    """

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.failing: set[str] = set()
        self.wrong_number: set[str] = set()
        self.states: dict[str, Any] = {}
        self.url = ""

    def answer(self, path: str, form: dict[str, str]) -> Any:
        """What the gateway of this path says."""
        mobizon = path.startswith("/mobizon")
        name = "mobizon" if mobizon else "smsc"
        if "getSMSStatus" in path:
            return {"code": 0, "data": [{"id": one, "status": self.states.get(one)} for one in form["ids"].split(",")]}
        if "status.php" in path:
            ids = [one for one in form["id"].split(",") if one]
            return [{"id": int(one), "status": self.states.get(one, -1)} for one in ids]
        if name in self.failing:
            return {"code": 1, "data": {}, "message": "no"} if mobizon else {"error": "busy", "error_code": 9}
        if name in self.wrong_number:
            return {"code": 1, "data": {"recipient": "no"}} if mobizon else {"error": "number", "error_code": 7}
        self.sent.append({**form, "gateway": name, "text": form.get("text") or form.get("mes", "")})
        self.sent[-1].setdefault("recipient", form.get("phones", "").removeprefix("+"))
        number = len(self.sent)
        return {"code": 0, "data": {"messageId": str(number), "status": 2}} if mobizon else {"id": number, "cnt": 1}


@contextmanager
def operator() -> Iterator[Operator]:
    """Run both on one free port."""
    kept = Operator()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            answer = json.dumps(kept.answer(self.path, {name: values[0] for name, values in form.items()})).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    kept.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
