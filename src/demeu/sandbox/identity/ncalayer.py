"""Sandbox NCALayer: the WebSocket program that stands on a citizen's computer and signs with the citizen's key.

Speaks the public protocol (greeting, heartbeat, modules `basics` and `commonUtils`); holds no key itself: every
signature is made by the sandbox's web process. Also answers /healthz over HTTP on the same port. No Django.
"""

import argparse
import asyncio
import json
import signal
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from demeu.kernel import env
from demeu.sandbox.identity import ncalayer_modules as modules

GREETING = json.dumps({"result": {"version": "1.4"}})
HEARTBEAT = "--heartbeat--"
MESSAGE_BYTES_MAX = 32 * 1024 * 1024
# A sandbox whose database has just come back answers within some seconds.
TRIES, PAUSE_S = 8, 0.5
FAULT_LETTERS_MAX = 300
SIGN_S_MAX = 60.0


class Layer:
    """One program: where the sandbox is, and how a message is answered."""

    def __init__(self, sandbox_url: str, client: httpx.AsyncClient) -> None:
        self._control = f"{sandbox_url.rstrip('/')}/control"
        self._client = client

    async def talk(self, connection: ServerConnection) -> None:
        """Greet, then answer every message until the page goes away."""
        key = key_in(connection.request.path if connection.request else "")
        try:
            await connection.send(GREETING)
            async for text in connection:
                if text == HEARTBEAT:
                    await connection.send(HEARTBEAT)
                else:
                    await connection.send(json.dumps(await self.answer(text, key), ensure_ascii=False))
        except ConnectionClosed:
            return

    async def answer(self, text: str | bytes, key: str) -> dict[str, Any]:
        """The answer of the module that the message names."""
        try:
            message = json.loads(text)
        except ValueError:
            return {"success": False, "errorCode": "BAD_JSON"}
        module = modules.MODULES.get(message.get("module", "")) if isinstance(message, dict) else None
        if module is None:
            return {"success": False, "errorCode": "MODULE_NOT_FOUND"}
        return await module(message, key, self)

    async def sign(self, order: dict[str, Any]) -> modules.Outcome:
        """Ask the sandbox to sign."""
        content, fault = await self._ask("POST", "/sign", json=order)
        if fault:
            return modules.Outcome(fault=fault)
        return modules.Outcome(signatures=content.get("result", []), cancelled=bool(content.get("cancelled")))

    async def describe(self, key: str) -> modules.Outcome:
        """Ask the sandbox what is known of a key."""
        content, fault = await self._ask("GET", "/keys/certificate", params={"key": key})
        return modules.Outcome(fault=fault) if fault else modules.Outcome(key=content)

    async def _ask(self, method: str, path: str, **more: Any) -> tuple[dict[str, Any], str]:
        """The sandbox's answer, or what went wrong; one that does not answer, because it is busy, is asked again."""
        fault = ""
        for number in range(TRIES):
            await asyncio.sleep(number * PAUSE_S)
            try:
                answer = await self._client.request(method, f"{self._control}{path}", timeout=SIGN_S_MAX, **more)
            except httpx.HTTPError as error:
                fault = f"{type(error).__name__}: the sandbox does not answer"
                continue
            try:
                content = answer.json()
            except ValueError:
                fault = f"the sandbox answers {answer.status_code}: {answer.text[:FAULT_LETTERS_MAX]}"
                continue
            if answer.status_code != HTTPStatus.OK:
                return {}, str(content.get("code", answer.status_code))
            return content, ""
        return {}, fault


def key_in(path: str) -> str:
    """The key named in `?key=`, empty when the page leaves the choice to the user."""
    return parse_qs(urlsplit(path).query).get("key", [""])[0]


def health(connection: ServerConnection, request: Request) -> Response | None:
    """Plain HTTP: alive."""
    if urlsplit(request.path).path in ("/healthz", "/readyz"):
        return connection.respond(HTTPStatus.OK, "ok\n")
    return None


async def opened(host: str, port: int, sandbox_url: str, client: httpx.AsyncClient) -> Server:
    """The listening server."""
    layer = Layer(sandbox_url, client)
    return await serve(layer.talk, host, port, process_request=health, max_size=MESSAGE_BYTES_MAX)


async def run(host: str, port: int, sandbox_url: str) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with httpx.AsyncClient(trust_env=False) as client:
        server = await opened(host, port, sandbox_url, client)
        await stop.wait()
        server.close()
        await server.wait_closed()


def main() -> None:
    """Read the options; what is not given comes from the environment."""
    port = env.integer("DEMEU_SANDBOX_NCALAYER_PORT", default=8010, help="port of the sandbox NCALayer WebSocket")
    url = env.text("DEMEU_URL_SANDBOX", default="http://127.0.0.1:8004", help="address of sandbox")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=port)
    parser.add_argument("--sandbox-url", default=url)
    options = parser.parse_args()
    asyncio.run(run(options.host, options.port, options.sandbox_url))


if __name__ == "__main__":
    main()
