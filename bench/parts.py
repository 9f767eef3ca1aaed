"""Figures of single parts: signed calls, transfers of the ledger."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import load
from rows import Row, ms

from demeu.contracts.scoring import RULES
from demeu.kernel import signing
from demeu.kernel.operations import Empty
from demeu.roles.launch.live import LivePlatform, clean_environment


def signed_calls(live: LivePlatform) -> list[Row]:
    """A signed question to scoring beside an unsigned page of the same server, and the two halves of signing."""
    address = live.running.urls["scoring"]
    asker = signing.load_keys(live.folders.keys / "vault", "vault")
    answerer = signing.load_keys(live.folders.keys / "scoring", "scoring")
    body = Empty().model_dump_json().encode()

    def sign() -> str:
        return signing.sign_call(
            asker, audience="scoring", operation=RULES.name, actor="role:bench", purpose="bench", body=body
        )

    token = sign()
    with httpx.Client(base_url=address, trust_env=False) as client:

        def ask() -> None:
            headers = {"Authorization": f"Bearer {sign()}", "Content-Type": "application/json"}
            client.post(f"/api/{RULES.name}", content=body, headers=headers).raise_for_status()

        plain_s = load.median_s(lambda: client.get("/healthz").raise_for_status())
        call_s = load.median_s(ask)
    sign_s = load.median_s(sign)
    check_s = load.median_s(
        lambda: signing.verify_call(answerer, token, operation=RULES.name, body=body, callers=("vault",))
    )
    return [
        ms("signed calls", "/healthz of the same server", plain_s),
        ms("signed calls", f"{RULES.name}, there and back", call_s, "/healthz", plain_s),
        ms("signed calls", "signing", sign_s, "there and back", call_s),
        ms("signed calls", "checking", check_s, "there and back", call_s),
    ]


def ledger(live: LivePlatform) -> list[Row]:
    """Transfers a second by one writer, each its own transaction, beside commits of one audit row."""
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="demeu.roles.settings.treasury",
        DEMEU_DATABASE_URL_TREASURY=live.database_url("treasury"),
        DEMEU_KEYS=str(live.folders.keys / "treasury"),
        DEMEU_VAR=str(live.folders.var),
    )
    script = Path(__file__).with_name("ledger_writer.py")
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the ledger's writer failed: {done.stderr[-800:]}")
    found = json.loads(done.stdout)
    return [
        Row("ledger", "audit rows, one a commit", found["bare_per_s"], "rows/s"),
        Row(
            "ledger",
            "transfers of two postings",
            found["transfers_per_s"],
            "transfers/s",
            "audit rows",
            found["transfers_per_s"] / found["bare_per_s"],
        ),
    ]
