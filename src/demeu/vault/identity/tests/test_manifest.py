"""A manifest has one form only; what it names cannot be changed unnoticed, and nobody writes one into a text."""

import io
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest

from demeu.kernel.ids import new_id
from demeu.vault.documents.models import DocumentRow
from demeu.vault.identity import queries, rules
from demeu.vault.identity.manifest import FIRST_LINE, Entry, differences, entry_of, read_manifest, write_manifest
from demeu.vault.identity.tests.test_actions import actions as identity
from demeu.vault.identity.tests.test_actions import begin, complete, complete_document, refusal_of, world

_ = world
A = entry_of("a", io.BytesIO(b"one"))
B = entry_of("ә құжат.pdf", io.BytesIO(bytes(3_000_000)))


def test_order_of_files_makes_no_difference_and_reading_gives_them_back() -> None:
    text = write_manifest([B, A])
    assert text == write_manifest([A, B])
    assert read_manifest(text) == (A, B)
    assert text.splitlines()[1] == f"{sha256(b'one').hexdigest()} 3 a"


@pytest.mark.parametrize(
    "entries", [[], [A, Entry("a", 1, A.sha256)], [Entry("a\nb", 3, A.sha256)], [Entry("a", 3, "")]]
)
def test_what_has_no_single_form_is_refused(entries: list[Entry]) -> None:
    with pytest.raises(ValueError):
        write_manifest(entries)


@pytest.mark.parametrize(
    "bent",
    [
        lambda text: text.replace(" 3 a", "  3 a"),
        lambda text: text.replace(" 3 a", " 03 a"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.upper(),
        lambda text: text + "\n",
        lambda text: text.removesuffix("\n"),
        lambda text: text + text.splitlines()[1] + "\n",
        lambda text: "",
    ],
)
def test_another_form_of_the_same_is_no_manifest(bent: object) -> None:
    with pytest.raises(ValueError):
        read_manifest(bent(write_manifest([A, B])))  # type: ignore[operator]


def test_every_change_is_named() -> None:
    changed = Entry("a", 3, "0" * 64)
    assert differences([A, B], [B, A]) == ()
    assert differences([A, B], [changed, B]) == ("a",)
    assert differences([A], [A, B]) == (B.name,)


def test_nobody_writes_a_manifest_into_a_text() -> None:
    assert not rules.is_document_text(f"Өтініш\n{FIRST_LINE}\n")


def kept_file(content: bytes) -> UUID:
    return DocumentRow.objects.create(
        id=new_id(),
        subject="application:42",
        kind="evidence",
        media_type="application/pdf",
        content=b"sealed",
        sha256=sha256(content).hexdigest(),
        size_bytes=len(content),
        state=DocumentRow.CLEAN,
        at=datetime(2026, 11, 22, tzinfo=UTC),
    ).id


@pytest.mark.django_db
def test_a_signature_stands_for_large_files_by_their_sums() -> None:
    person, files = complete(begin()).person, [kept_file(bytes(9_000_000)), kept_file(b"small")]
    about = {"session": "session-word-of-the-browser", "origin": "https://demeu.kz", "kind": "application"}
    begun = identity.begin_signature(
        person=person, subject="application:42", text="Өтініш", lang="kk", documents=files, **about
    )
    assert len(begun.to_sign) < 2000
    kept = complete_document(begun, person)
    signed = queries.signed_files(kept.signature)
    assert {(one.size_bytes, one.sha256) for one in signed} == {
        (9_000_000, sha256(bytes(9_000_000)).hexdigest()),
        (5, sha256(b"small").hexdigest()),
    }
    with refusal_of("document.unknown"):
        identity.begin_signature(
            person=person, subject="application:42", text="Өтініш", lang="kk", documents=[new_id()], **about
        )
