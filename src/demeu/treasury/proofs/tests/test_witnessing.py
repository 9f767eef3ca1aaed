"""Witnesses over real sockets: the stand-in's rules behind an HTTP server, and everything a bad one may do."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.ids import new_id
from demeu.sandbox.witness.rules import Judged, Remembered, judge, witness_key, witness_vkey
from demeu.treasury.proofs.actions import append_step, publish_log
from demeu.treasury.proofs.audit import audit_folder
from demeu.treasury.proofs.cosignatures import cosigned_by, read_witnesses
from demeu.treasury.proofs.keys import log_note_key
from demeu.treasury.proofs.models import Cosignature, WitnessState
from demeu.treasury.proofs.notes import NoteError, open_checkpoint
from demeu.treasury.proofs.proof_text import read_proof
from demeu.treasury.proofs.publishing import log_folder
from demeu.treasury.proofs.queries import proof_of
from demeu.treasury.proofs.rules import Step
from demeu.treasury.proofs.verify import verify_proof
from demeu.treasury.proofs.witnessing import REST, ask_witnesses, witnesses

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 1_795_341_600


class Remote:
    """A witness at an address; `twist` may change its answer."""

    def __init__(self) -> None:
        self.memory: dict[str, Remembered] = {}
        self.twist: Callable[[Judged], Judged | None] = lambda judged: judged
        self.asked: list[bytes] = []

    def answer(self, request: bytes) -> Judged | None:
        self.asked.append(request)
        judged = judge(request, known=self._known, private=witness_key(), seconds=SECONDS)
        if judged.remembered:
            self.memory[judged.origin] = judged.remembered
        return self.twist(judged)

    def _known(self, origin: str) -> Remembered | None:
        return self.memory.setdefault(origin, Remembered(log_note_key().vkey))


@pytest.fixture
def remote(settings: Any) -> Iterator[Remote]:
    found = Remote()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            judged = found.answer(self.rfile.read(int(self.headers["Content-Length"])))
            if judged is None or self.path != "/w/add-checkpoint":
                self.close_connection = True
                return
            body = judged.body.encode()
            self.send_response(judged.status)
            self.send_header("Content-Type", judged.content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.DEMEU_TREASURY_WITNESSES = f"{witness_vkey(witness_key())}@http://127.0.0.1:{server.server_port}/w/"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def grow(number: int) -> Any:
    for _ in range(number):
        leaf = new_id()
        append_step(leaf=leaf, step=Step.RECEIVED, amount_tiyn=100)
    publish_log()
    return leaf


def checkpoint() -> str:
    return (log_folder() / "checkpoint").read_text()


def keys() -> list[Any]:
    return [witness.key for witness in witnesses()]


def test_the_published_checkpoint_and_receipts_carry_the_witnesses_line(remote: Remote) -> None:
    for number in (1, 4, 260):
        leaf = grow(number)
        assert cosigned_by(checkpoint(), keys()) == ()
        assert ask_witnesses() == 1
        [line] = cosigned_by(checkpoint(), keys())
        assert line.at.timestamp() == SECONDS
        assert open_checkpoint(checkpoint(), log_note_key()).size == audit_folder(log_folder(), log_note_key()).size
        proof = proof_of(leaf)
        assert cosigned_by(read_proof(proof).checkpoint, keys()) == (line,)
        verify_proof(proof, log_note_key())
    assert ask_witnesses() == 0, "a head is cosigned once"
    assert [request.split(b"\n")[0] for request in remote.asked] == [b"old 0", b"old 1", b"old 5"]


def test_a_receipt_takes_the_newest_cosigned_head_over_its_record(remote: Remote) -> None:
    first = grow(1)
    ask_witnesses()
    last = grow(2)
    assert len(cosigned_by(read_proof(proof_of(first)).checkpoint, keys())) == 1
    assert cosigned_by(read_proof(proof_of(last)).checkpoint, keys()) == ()


def test_a_witness_that_remembers_more_than_we_thought_is_asked_again_from_there(remote: Remote) -> None:
    grow(5)
    ask_witnesses()
    WitnessState.objects.update(size=2)
    grow(1)
    assert ask_witnesses() == 1
    assert [request.split(b"\n")[0] for request in remote.asked] == [b"old 0", b"old 2", b"old 5"]


@pytest.mark.breaks("proofs.witnesses_agree")
def test_a_witness_that_saw_another_history_breaks_a_promise(remote: Remote) -> None:
    grow(5)
    key = log_note_key()
    remote.memory[key.name] = Remembered(key.vkey, 5, b"\x01" * 32)
    assert ask_witnesses() == 0
    assert [found.name for found in broken_invariants()] == ["proofs.witnesses_agree"]
    remote.memory[key.name] = Remembered(key.vkey, 3, b"\x01" * 32)
    WitnessState.objects.all().delete()
    assert ask_witnesses() == 0, "no proof of growth can be right: 422"
    assert [found.name for found in broken_invariants()] == ["proofs.witnesses_agree"]
    remote.memory[key.name] = Remembered(key.vkey, 9, b"\x01" * 32)
    WitnessState.objects.all().delete()
    assert ask_witnesses() == 0, "it saw more of this log than there is: a backup was restored, or worse"
    assert [found.name for found in broken_invariants()] == ["proofs.witnesses_agree"]
    assert len(checkpoint().splitlines()) == 5, "the checkpoint is still published, without a line"


@pytest.mark.parametrize(
    ("twist", "trouble"),
    [
        (lambda _: None, "away"),
        (lambda _: Judged(500, "x"), "answered 500"),
        (lambda _: Judged(200, "nonsense\n"), "wrong signature"),
        (lambda _: Judged(200, ""), "wrong signature"),
        (lambda judged: Judged(200, judged.body.replace("AA", "AB").replace("Q", "R")), "wrong signature"),
        (lambda judged: Judged(200, judged.body.replace("witness", "wotness")), "wrong signature"),
        (lambda _: Judged(403, "who are you\n"), "answered 403"),
    ],
)
def test_a_bad_witness_is_named_left_alone_for_a_while_and_holds_nothing_up(
    remote: Remote, twist: Any, trouble: str
) -> None:
    grow(3)
    remote.twist = twist
    assert ask_witnesses() == 0
    assert (WitnessState.objects.get().trouble, Cosignature.objects.count()) == (trouble, 0)
    assert open_checkpoint(checkpoint(), log_note_key()).size == 3
    asked = len(remote.asked)
    ask_witnesses()
    assert len(remote.asked) == asked, "it rests"
    remote.twist = lambda judged: judged
    with clock.frozen(clock.now() + 2 * REST):
        assert ask_witnesses() == 1
    assert WitnessState.objects.get().trouble == ""


def test_a_wrong_line_of_a_known_witness_is_never_passed_over(remote: Remote) -> None:
    grow(2)
    ask_witnesses()
    note = checkpoint()
    other = note.replace("\n2\n", "\n3\n")
    with pytest.raises(NoteError):
        cosigned_by(other, keys())


def test_the_setting_is_read_strictly() -> None:
    vkey = witness_vkey(witness_key())
    [one] = read_witnesses(f" {vkey}@https://w.example/x/ ")
    assert (one.key.vkey, one.url) == (vkey, "https://w.example/x")
    assert read_witnesses("") == ()
    for text in (vkey, f"{vkey}@ftp://x", "a+b+c@https://x", log_note_key().vkey + "@https://x"):
        with pytest.raises(NoteError):
            read_witnesses(text)
