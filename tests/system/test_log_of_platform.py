"""The log of a running platform: its own sequencer publishes what anybody writes, witnessed, within a minute."""

import subprocess
import sys
import time

import httpx

from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import LivePlatform, clean_environment
from demeu.treasury.proofs.audit import audit_folder
from demeu.treasury.proofs.cosignatures import cosigned_by
from demeu.treasury.proofs.notes import COSIGNATURE, open_checkpoint, read_vkey

BEHIND_S_MAX = 60
LEAVES = 300
WRITE = """
import django, sys
django.setup()
from demeu.kernel.ids import new_id
from demeu.treasury.proofs.actions import append_fact
leaves = [new_id() for _ in range(int(sys.argv[1]))]
for leaf in leaves:
    append_fact(leaf=leaf, kind="trial", facts={"number": 1})
print(leaves[-1])
"""
PLACE = """
import django, sys
from uuid import UUID
django.setup()
from demeu.treasury.proofs.queries import place_of
print(place_of(UUID(sys.argv[1])))
"""


def in_treasury(platform: LivePlatform, script: str, argument: str) -> str:
    """A script with the treasury's settings and database, beside the treasury's own processes."""
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="demeu.roles.settings.treasury",
        DEMEU_DATABASE_URL_TREASURY=platform.database_url("treasury"),
        DEMEU_KEYS=str(platform.folders.keys / "treasury"),
        DEMEU_VAR=str(platform.folders.var),
    )
    done = subprocess.run(
        [sys.executable, "-c", script, argument], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_what_is_written_is_public_and_witnessed_within_a_minute(platform: LivePlatform) -> None:
    treasury, sandbox = platform.running.urls["treasury"], platform.running.urls["sandbox"]
    key = read_vkey(httpx.get(f"{treasury}/log/key", trust_env=False).text)
    witness = read_vkey(httpx.get(f"{sandbox}/witness/key", trust_env=False).text, COSIGNATURE)
    last = in_treasury(platform, WRITE, str(LEAVES))
    began = time.monotonic()

    def published() -> str:
        return httpx.get(f"{treasury}/log/checkpoint", trust_env=False).text

    wait_until(lambda: in_treasury(platform, PLACE, last) != "None", within_s=BEHIND_S_MAX)
    index = int(in_treasury(platform, PLACE, last))
    wait_until(lambda: open_checkpoint(published(), key).size > index, within_s=BEHIND_S_MAX)
    wait_until(lambda: bool(cosigned_by(published(), [witness])), within_s=BEHIND_S_MAX)
    assert time.monotonic() - began < BEHIND_S_MAX
    assert audit_folder(platform.folders.var / "log", key).size > index


def test_the_page_that_checks_receipts_is_handed_out_with_the_keys_of_log_and_witness(platform: LivePlatform) -> None:
    page = httpx.get(f"{platform.running.url}/verify.html", trust_env=False).text
    key = httpx.get(f"{platform.running.urls['treasury']}/log/key", trust_env=False).text.strip()
    witness = httpx.get(f"{platform.running.urls['sandbox']}/witness/key", trust_env=False).text.strip()
    assert f'name="log-key" content="{key}"' in page and f'name="witness-keys" content="{witness}"' in page
