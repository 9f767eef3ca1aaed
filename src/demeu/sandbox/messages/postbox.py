"""Sandbox mail server: real SMTP on a port of its own; the sandbox's web process answers for it.

Keeps nothing itself and sends nothing on. No Django.
"""

import argparse
import asyncio
import signal

import httpx
from aiosmtpd.smtp import SMTP, Envelope, Session

from demeu.kernel import env

LETTER_BYTES_MAX = 1_000_000
HANDING_S_MAX = 130.0
AWAY = "451 4.3.0 The sandbox is away"


class Postbox:
    """What aiosmtpd asks: here is a mail, what shall I answer?"""

    def __init__(self, sandbox_url: str, client: httpx.AsyncClient) -> None:
        self._address = f"{sandbox_url.rstrip('/')}/control/mail/incoming"
        self._client = client

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The sandbox's reply; none breaks the line, as a server that dies does."""
        headers = {
            "Content-Type": "message/rfc822",
            "X-Mail-From": envelope.mail_from or "",
            "X-Rcpt-To": ",".join(envelope.rcpt_tos),
        }
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        try:
            answer = await self._client.post(self._address, content=content, headers=headers)
            reply = str(answer.raise_for_status().json()["reply"])
        except (httpx.HTTPError, ValueError, KeyError):
            return AWAY
        if not reply and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return reply or AWAY


async def serve(port: int, sandbox_url: str) -> None:
    """Serve until SIGTERM or SIGINT."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, stop.set)
    async with httpx.AsyncClient(timeout=HANDING_S_MAX, trust_env=False) as client:
        postbox = Postbox(sandbox_url, client)

        def meet() -> SMTP:
            return SMTP(postbox, hostname="postbox.sandbox", data_size_limit=LETTER_BYTES_MAX, loop=loop)

        server = await loop.create_server(meet, "127.0.0.1", port)
        await stop.wait()
        server.close()


def main() -> None:
    """Port and sandbox's address from the environment, or as given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=None)
    parser.add_argument("--sandbox", default=None)
    given = parser.parse_args()
    port = given.port or env.integer(
        "DEMEU_SANDBOX_SMTP_PORT", default=2525, help="port of the sandbox mail server (SMTP)"
    )
    sandbox = given.sandbox or env.text("DEMEU_URL_SANDBOX", default="http://127.0.0.1:8004", help="address of sandbox")
    asyncio.run(serve(port, sandbox))


if __name__ == "__main__":
    main()
