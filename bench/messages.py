"""Figures of messages on a live platform: accepted by vault, handed over by its worker to the sandbox's gateway.

The gateway is the sandbox on the same machine: its share of the work is in the figures.
"""

import json
import subprocess
import sys
from pathlib import Path

from rows import Row

from demeu.roles.launch.live import LivePlatform, clean_environment

AREA = "messages"
COUNT = 300


def figures(live: LivePlatform) -> list[Row]:
    """Messages a second, in and out, and how soon they are with the gateway."""
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="demeu.roles.settings.vault",
        DEMEU_DATABASE_URL_VAULT=live.database_url("vault"),
        DEMEU_KEYS=str(live.folders.keys / "vault"),
        DEMEU_VAR=str(live.folders.var),
        DEMEU_URL_SANDBOX=live.running.urls["sandbox"],
    )
    script = Path(__file__).with_name("message_sender.py")
    command = [sys.executable, str(script), str(COUNT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the sender of messages failed: {done.stderr[-800:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    handed, one = found["handed_per_s"], found["gateway_per_s"]
    return [
        Row(AREA, "accepted, one writer", found["accepted_per_s"], "messages/s"),
        Row(AREA, "straight to the gateway, one at a time", one, "messages/s"),
        Row(AREA, f"handed over by the worker, {COUNT} at once", handed, "messages/s", "one at a time", handed / one),
        Row(AREA, f"until the last of {COUNT} is handed over", found["last_s"], "s"),
        Row(AREA, "one message, due until handed over", found["single_ms"], "ms"),
    ]
