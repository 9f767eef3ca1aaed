"""The end: delivery confirmed by SMS, the public report, the receipt checked offline, the books in balance."""

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import quote

from demeu.cli.story.browser import Browser, Unexpected
from demeu.cli.story.stage import Stage

Told = tuple[dict[str, str], str]


def deliver(stage: Stage) -> Told:
    """An act of delivery for each item; the family answers the SMS with 1."""
    curator = stage.signed_in("curator")
    for item in stage.items:
        offered = partial(_offered, curator, item)
        stage.wait(offered, "the delivery of a paid item at the desk", 60)
        page = curator.open(f"/desk/deliveries/{item}/")
        curator.send(page, page.form("words"), words="Передано семье, акт подписан.")
    stage.wait(partial(_asked, stage), "the question whether everything came")
    stage.control("POST", f"/control/phones/{quote(stage.family['phone'])}/reply", {"text": "ДА"})
    stage.wait_page(stage.guest(), f"/cases/{stage.case}/", '[data-case-state="completed"]', "the completed case", 60)
    return {"case": stage.case}, f"{len(stage.items)} deliveries, confirmed by the family in one SMS"


def _offered(curator: Browser, item: str) -> bool:
    """Whether the desk lists the item; portal hears of the payout a moment after treasury knows of it."""
    return bool(curator.open("/desk/deliveries/").links(item))


def _asked(stage: Stage) -> bool:
    """Whether the last message on the mother's phone asks for a yes or a no."""
    received = [message["text"] for message in stage.messages() if message["direction"] == "in"]
    return bool(received) and "1" in received[-1] and "0" in received[-1]


def report(stage: Stage) -> Told:
    """Every tenge from gift to delivery is public; the receipt and its proof hold offline, a changed one does not."""
    guest = stage.guest()
    address = f"/cases/{stage.case}/trail/"
    for kind in ("received", "held", "paid", "confirmed"):
        page = stage.wait_page(guest, address, f'[data-kind="{kind}"]', f"«{kind}» in the trail")
    pdf = guest.open(f"/give/{stage.gift}/receipt.pdf").content
    proof = stage.wait(lambda: guest.open(f"/give/{stage.gift}/proof.txt").content or None, "the proof")
    with tempfile.TemporaryDirectory() as scratch:
        folder = stage.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "receipt.pdf").write_bytes(pdf)
        (folder / "proof.txt").write_bytes(proof)
        (folder / "changed.txt").write_bytes(_changed(proof))
        if _verify(folder / "receipt.pdf") != 0 or _verify(folder / "proof.txt") != 0:
            raise Unexpected("the receipt does not verify offline")
        if _verify(folder / "changed.txt") == 0:
            raise Unexpected("a changed receipt verifies")
    return {
        "gift": stage.gift
    }, f"trail of {len(page.every('[data-kind]'))} steps; receipt and proof verify offline, a changed one does not"


def _changed(proof: bytes) -> bytes:
    """The proof with one digit of its index changed."""
    lines = proof.splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith(b"index "))
    index = int(lines[place].split()[1])
    lines[place] = b"index %d\n" % (index + 1)
    return b"".join(lines)


def _verify(file: Path) -> int:
    done = subprocess.run([sys.executable, "-m", "demeu", "log", "verify", str(file)], capture_output=True, check=False)
    return done.returncode


def books(stage: Stage) -> Told:
    """The public page of the books says that every invariant holds."""
    page = stage.guest().open("/log/")
    broken = page.one("[data-broken-invariants]").get("data-broken-invariants")
    if broken != "0":
        raise Unexpected(f"{broken} invariants are broken: {page.text()[:300]}")
    return {"root": page.one("[data-log-root]").get("data-log-root")}, "the ledger balances and every invariant holds"
