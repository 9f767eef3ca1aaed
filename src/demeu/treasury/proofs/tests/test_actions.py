"""Promises of the log, against real PostgreSQL and real files."""

import shutil
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.proofs import actions
from demeu.treasury.proofs.actions import append_commitment, append_fact, append_step, erase_opening, publish_log
from demeu.treasury.proofs.audit import audit_folder
from demeu.treasury.proofs.checking import check_steps
from demeu.treasury.proofs.keys import log_note_key
from demeu.treasury.proofs.models import Leaf, LeafPlace
from demeu.treasury.proofs.publishing import log_folder
from demeu.treasury.proofs.queries import latest_head, log_size, place_of, proof_of
from demeu.treasury.proofs.rules import Step
from demeu.treasury.proofs.tasks import record_access_head
from demeu.treasury.proofs.verify import verify_proof

pytestmark = pytest.mark.django_db(transaction=True)


def append(number: int) -> list[UUID]:
    leaves = [new_id() for _ in range(number)]
    for leaf in leaves:
        append_step(leaf=leaf, step=Step.RECEIVED, amount_tiyn=100)
    return leaves


def test_every_leaf_gets_one_place_and_a_proof_that_holds() -> None:
    leaves = append(5)
    publish_log()
    assert {place_of(leaf) for leaf in leaves} == {0, 1, 2, 3, 4}
    for leaf in leaves:
        assert verify_proof(proof_of(leaf), log_note_key()).index == place_of(leaf)
    assert broken_invariants() == []


def test_the_published_folder_passes_the_audit_as_it_grows_over_a_full_tile() -> None:
    for number in (1, 2, 254, 3):
        append(number)
        publish_log()
        found = audit_folder(log_folder(), log_note_key())
        head = latest_head()
        assert head is not None and (found.size, found.root) == (log_size(), bytes(head.root))
    assert (log_folder() / "tile/0/000").is_file() and not (log_folder() / "tile/0/000.p").exists()
    assert (log_folder() / "tile/1/000.p/1").is_file()


@pytest.mark.parametrize(
    "path", ["checkpoint", "tile/0/000", "tile/entries/000", "tile/1/000.p/1", "tile/0/001.p/4", "tile/entries/001.p/2"]
)
def test_the_audit_sees_one_changed_byte_anywhere(path: str) -> None:
    """Planted faults, in tiles that the root still needs and in those that it does not."""
    append(258)
    publish_log()
    append(2)
    publish_log()
    audit_folder(log_folder(), log_note_key())
    spoiled = log_folder() / path
    content = bytearray(spoiled.read_bytes())
    content[len(content) // 2] ^= 1
    spoiled.write_bytes(content)
    with pytest.raises(ValueError, match=r".+"):
        audit_folder(log_folder(), log_note_key())


def test_the_audit_misses_no_file() -> None:
    append(3)
    publish_log()
    (log_folder() / "tile/entries/000.p/3").unlink()
    with pytest.raises(ValueError, match="missing"):
        audit_folder(log_folder(), log_note_key())


def test_a_crash_before_the_files_are_written_is_made_good_by_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    append(3)

    def crash() -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "publish_files", crash)
        with pytest.raises(OSError, match="space"):
            publish_log()
    assert log_size() == 3 and not (log_folder() / "checkpoint").exists()
    publish_log()
    assert audit_folder(log_folder(), log_note_key()).size == 3


def test_a_lost_folder_is_written_anew_from_the_database() -> None:
    append(260)
    publish_log()
    shutil.rmtree(log_folder())
    publish_log()
    assert audit_folder(log_folder(), log_note_key()).size == 260


def test_a_leaf_of_a_transaction_that_failed_never_enters_the_log() -> None:
    leaf = new_id()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append_fact(leaf=leaf, kind="x", facts={})
        raise ZeroDivisionError
    publish_log()
    assert place_of(leaf) is None and log_size() == 0


def test_many_sequencers_at_once_give_each_leaf_one_place() -> None:
    append(40)

    def sequence() -> None:
        try:
            publish_log()
        finally:
            connection.close()

    threads = [threading.Thread(target=sequence) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log_size() == LeafPlace.objects.count() == 40
    assert audit_folder(log_folder(), log_note_key()).size == 40


def test_the_same_leaf_again_changes_nothing() -> None:
    leaf = new_id()
    assert append_commitment(leaf=leaf, kind="x", commitment="ab" * 32)
    assert not append_commitment(leaf=leaf, kind="x", commitment="cd" * 32)
    record_access_head.run(head_sha256="ef" * 32, size=9)
    record_access_head.run(head_sha256="ef" * 32, size=9)
    assert Leaf.objects.count() == 2


def test_an_erased_opening_closes_the_leaf_and_leaves_the_log_right() -> None:
    [leaf] = append(1)
    publish_log()
    erase_opening(leaf=leaf)
    with pytest.raises(Refusal, match=r"proof\.erased"):
        proof_of(leaf)
    assert audit_folder(log_folder(), log_note_key()).size == 1


def test_the_tables_of_the_tree_cannot_be_changed() -> None:
    append(1)
    publish_log()
    for table in ("leaf", "leafplace", "signedhead"):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM treasury_proofs_{table}")


def test_a_leaf_without_a_place_has_no_proof_yet() -> None:
    [leaf] = append(1)
    with pytest.raises(Refusal, match=r"proof\.not_yet"):
        proof_of(leaf)


@pytest.mark.breaks("proofs.waiting_is_short")
def test_a_leaf_that_waits_too_long_breaks_a_promise() -> None:
    append(1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE treasury_proofs_leafwaiting SET since = %s", [clock.now() - timedelta(minutes=2)])
    assert "proofs.waiting_is_short" in {broken.name for broken in broken_invariants()}


def test_the_steps_of_a_check_name_the_first_that_fails() -> None:
    [leaf] = append(1)
    publish_log()
    right = proof_of(leaf)
    assert check_steps(right, log_note_key())[1] is not None
    steps, found = check_steps(right.replace("index 0", "index 7"), log_note_key())
    assert found is None and steps[-1] == ("inclusion", False)


def test_strangers_get_the_public_files_and_nothing_else(client: Client, settings: Any) -> None:
    append(2)
    publish_log()
    (Path(settings.DEMEU_TREASURY_LOG) / "secret").write_text("x")
    head = client.get("/log/checkpoint")
    assert head.content.startswith(b"demeu.local/log\n2\n")
    assert head["Cache-Control"] == "no-cache"
    assert client.get("/log/tile/0/000.p/2").status_code == 200
    for path in ("secret", "tile/../secret", "tile/0/../../secret", "tile/9/000", "../log.key", "tile/0/000.p/9999"):
        assert client.get(f"/log/{path}").status_code == 404
