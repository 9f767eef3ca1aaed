"""Figures of single parts: signed calls, signatures by GOST, transfers of the ledger."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import load
from rows import Row, ms

from demeu.contracts.scoring import RULES
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Empty
from demeu.roles.launch.live import LivePlatform, clean_environment
from demeu.vault.identity.eds import gost, libgcrypt
from demeu.vault.identity.eds.streebog import streebog512

TEXT = b"This text is as long as one that a person signs when signing in. " * 4


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


def gost_signatures() -> list[Row]:
    """Checking one GOST 34.10-2015-512 signature: ours beside gostcrypto, same key, text and signature."""
    private = int.from_bytes(new_id().bytes * 4, "big") % gost.Q
    point, signature = gost.public_point(private), gost.sign(private, TEXT)
    digest = int.from_bytes(streebog512(TEXT), "little")
    assert gost.verify(point, TEXT, signature)
    assert not gost.verify(point, TEXT + b"!", signature)
    assert gost.reference_verify(point, digest, signature)
    ours_s = load.median_s(lambda: gost.verify(point, TEXT, signature))
    theirs_s = load.median_s(lambda: (streebog512(TEXT), gost.reference_verify(point, digest, signature)))
    by = "libgcrypt" if libgcrypt.load() else "the fallback, libgcrypt is absent"
    return [
        ms("GOST", "gostcrypto, one check", theirs_s),
        ms("GOST", f"ours, one check ({by})", ours_s, "gostcrypto", theirs_s),
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
