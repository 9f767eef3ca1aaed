"""The witness answers as tlog-witness says, remembers before it promises, and never cosigns two histories."""

import base64
import threading
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test import Client

from demeu.kernel import clock
from demeu.sandbox.witness.models import WatchedLog
from demeu.sandbox.witness.rules import SIZE_TYPE, grew, witness_key, witness_vkey
from demeu.treasury.proofs.cosignatures import cosigned_by
from demeu.treasury.proofs.merkle import consistency_proof, leaf_hash, range_root, reader_over
from demeu.treasury.proofs.notes import COSIGNATURE, Checkpoint, public_key, read_vkey, sign

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
ORIGIN = "example.org/log"
LEAVES = [leaf_hash(bytes([number])) for number in range(200)]
OTHER = [leaf_hash(bytes([number, 1])) for number in range(200)]
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def note_of(size: int, leaves: list[bytes] = LEAVES, private: Ed25519PrivateKey = PRIVATE) -> str:
    return sign(Checkpoint(ORIGIN, size, range_root(reader_over(leaves), 0, size)), private)


def request_of(old: int, size: int, leaves: list[bytes] = LEAVES, note: str = "") -> str:
    path = consistency_proof(reader_over(leaves), old, size) if 0 < old <= size else []
    lines = [f"old {old}", *(base64.b64encode(step).decode() for step in path), "", note or note_of(size, leaves)]
    return "\n".join(lines)


def ask(client: Client, text: str) -> tuple[int, str, str]:
    answer = client.post("/witness/add-checkpoint", text, content_type="text/plain")
    return answer.status_code, answer.content.decode(), answer["Content-Type"]


@pytest.fixture
def watched(db: None) -> WatchedLog:
    return WatchedLog.objects.create(origin=ORIGIN, vkey=public_key(ORIGIN, PRIVATE).vkey)


@pytest.mark.usefixtures("watched")
def test_growth_is_cosigned_step_by_step_with_the_time(client: Client) -> None:
    key = read_vkey(client.get("/witness/key").content.decode(), COSIGNATURE)
    before = 0
    with clock.frozen(AT):
        for size in (1, 2, 3, 8, 9, 64, 65, 200, 200):
            status, line, _ = ask(client, request_of(before, size))
            assert status == 200
            [found] = cosigned_by(note_of(size) + line, [key])
            assert (found.witness, found.at) == (key.name, AT)
            before = size
    assert client.get("/witness/").content.decode() == f"{ORIGIN} 200\n"
    assert witness_vkey(witness_key()) == key.vkey


@pytest.mark.usefixtures("watched")
def test_another_old_size_is_answered_with_the_size_it_knows(client: Client) -> None:
    assert ask(client, request_of(0, 10))[0] == 200
    assert ask(client, request_of(0, 20)) == (409, "10\n", SIZE_TYPE)
    assert ask(client, request_of(11, 20)) == (409, "10\n", SIZE_TYPE)
    assert ask(client, request_of(10, 20))[0] == 200


@pytest.mark.usefixtures("watched")
def test_two_histories_are_never_cosigned(client: Client) -> None:
    assert ask(client, request_of(0, 10))[0] == 200
    assert ask(client, request_of(10, 20, OTHER))[0] == 422
    assert ask(client, request_of(10, 10, OTHER))[0] == 409
    assert ask(client, request_of(10, 20).replace("old 10\n", "old 10\n" + "A" * 43 + "=\n"))[0] == 422
    assert WatchedLog.objects.get().size == 10


@pytest.mark.usefixtures("watched")
def test_strangers_and_nonsense_are_refused(client: Client, settings: object) -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
    settings.DEMEU_SANDBOX_WITNESS_LOG_KEY_URL = "http://127.0.0.1:1/"  # type: ignore[attr-defined]
    assert ask(client, request_of(0, 5, note=note_of(5, private=other)))[0] == 403
    assert ask(client, request_of(0, 5).replace(ORIGIN, "example.org/other"))[0] == 404
    for text in ("", "old 0\n", "old 00\n\n" + note_of(5), "old -1\n\n" + note_of(5), request_of(6, 5)):
        assert ask(client, text)[0] == 400
    too_many = "".join("A" * 43 + "=\n" for _ in range(64))
    assert ask(client, f"old 0\n{too_many}\n{note_of(5)}")[0] == 400


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_each_is_judged_by_what_the_one_before_left() -> None:
    WatchedLog.objects.create(origin=ORIGIN, vkey=public_key(ORIGIN, PRIVATE).vkey)
    statuses: list[int] = []

    def one(size: int) -> None:
        try:
            statuses.append(ask(Client(), request_of(0, size))[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(size,)) for size in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * 7


def test_every_right_proof_of_growth_is_seen_and_no_wrong_one() -> None:
    read = reader_over(LEAVES)
    for size in range(1, 34):
        root = range_root(read, 0, size)
        for old in range(1, size + 1):
            proof, old_root = consistency_proof(read, old, size), range_root(read, 0, old)
            assert grew(proof, old, old_root, size, root)
            assert not grew([*proof, root], old, old_root, size, root)
            if proof:
                assert not grew(proof[:-1], old, old_root, size, root)
                assert not grew([leaf_hash(b"x"), *proof[1:]], old, old_root, size, root)
