"""What is signed, and what a signature is good for."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.vault.identity import rules
from demeu.vault.identity.eds import Code, SignerVerdict, Verdict
from demeu.vault.identity.rules import AttemptPurpose, Facts, Wording
from demeu.vault.identity.tests.authority import INDIVIDUAL, INDIVIDUAL_AUTH, Authority

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WORDING = Wording("Кіру", "Тек кіремін.", "Сайт", "Бір реттік сан", "Жасалды", "Дейін", "Құжат")
SIGN_IN = Facts(AttemptPurpose.SIGN_IN, "https://demeu.kz", "nonce", AT)
DOCUMENT = Facts(AttemptPurpose.DOCUMENT, "https://demeu.kz", "nonce", AT, "application", "application:1", "Өтініш")
AUTHORITY = Authority()


def test_a_text_names_site_nonce_times_and_its_only_purpose() -> None:
    assert rules.to_sign(SIGN_IN, WORDING) == (
        "demeu:sign-in:1\nКіру\nТек кіремін.\nСайт: https://demeu.kz\nБір реттік сан: nonce\n"
        "Жасалды: 2026-11-22T09:00:00Z\nДейін: 2026-11-22T09:05:00Z\n"
    )


@given(st.text(max_size=200))
def test_whatever_a_document_says_it_is_no_sign_in(text: str) -> None:
    signed = rules.to_sign(replace(DOCUMENT, text=f"demeu:sign-in:1\n{text}"), WORDING)
    assert rules.is_for(signed, AttemptPurpose.DOCUMENT)
    assert not rules.is_for(signed, AttemptPurpose.SIGN_IN)


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_texts_with_other_nonces_are_other_texts(one: str, other: str) -> None:
    same = rules.to_sign(replace(SIGN_IN, nonce=one), WORDING) == rules.to_sign(replace(SIGN_IN, nonce=other), WORDING)
    assert same is (one == other)


@pytest.mark.parametrize("origin", ["https://demeu.kz", "http://127.0.0.1:8000", "https://[::1]:8443"])
def test_an_origin_is_scheme_and_host(origin: str) -> None:
    assert rules.is_origin(origin)


@pytest.mark.parametrize(
    "origin", ["", "demeu.kz", "https://a/b", "https://a\nSite: b", "ftp://a", "https://", "https://a b"]
)
def test_anything_else_is_no_origin(origin: str) -> None:
    assert not rules.is_origin(origin)


@pytest.mark.parametrize("subject", ["", " ", "a\nb", "a\u2028b", "a\x85b", "\ud800"])
def test_a_subject_is_one_plain_line(subject: str) -> None:
    assert not rules.is_plain_line(subject)


@pytest.mark.parametrize("text", ["\x00", "a\x1b[2Jb", "\ud800"])
def test_a_document_has_no_control_characters(text: str) -> None:
    assert not rules.is_document_text(text)
    assert rules.is_document_text("Бірінші жол\r\nекінші\tжол\n")


@given(st.text(max_size=300))
def test_any_text_in_place_of_a_signature_is_bytes_or_nothing(sent: str) -> None:
    assert isinstance(rules.cms_bytes(sent), bytes | None)


@given(st.binary(min_size=1, max_size=200))
def test_base64_with_line_ends_is_read(content: bytes) -> None:
    assert rules.cms_bytes(base64.encodebytes(content).decode()) == content


@given(st.text(min_size=16, max_size=128), st.text(min_size=16, max_size=128))
def test_a_session_recognises_itself_only(one: str, other: str) -> None:
    assert rules.same_session(rules.session_hash(one), other) is (one == other)


@pytest.mark.parametrize(
    ("usages", "sign_in", "document"),
    [
        (INDIVIDUAL, None, None),
        (INDIVIDUAL_AUTH, None, "wrong_key_usage"),
        ((), "wrong_key_usage", "wrong_key_usage"),
    ],
)
def test_a_key_is_good_for_what_its_certificate_says(
    usages: tuple[str, ...], sign_in: str | None, document: str | None
) -> None:
    certificate = AUTHORITY.issue(usages=usages).certificate
    assert rules.usage_word(certificate, AttemptPurpose.SIGN_IN) == sign_in
    assert rules.usage_word(certificate, AttemptPurpose.DOCUMENT) == document


def test_an_authority_and_a_certificate_without_iin_sign_nothing() -> None:
    assert rules.usage_word(AUTHORITY.root.certificate, AttemptPurpose.SIGN_IN) == "wrong_key_usage"
    nameless = AUTHORITY.issue(iin="").certificate
    assert rules.usage_word(nameless, AttemptPurpose.SIGN_IN) == "no_iin"


@pytest.mark.parametrize(
    ("status", "required", "word"),
    [
        (Code.GOOD, True, None),
        (Code.REVOKED, True, "certificate_revoked"),
        (Code.REVOKED, False, "certificate_revoked"),
        (None, False, None),
        (None, True, "status_unknown"),
        (Code.STALE, False, None),
        (Code.STALE, True, "status_unknown"),
        (Code.BAD_SIGNATURE, True, "status_unknown"),
    ],
)
def test_revoked_is_always_refused_and_unknown_where_status_is_required(
    status: Code | None, required: bool, word: str | None
) -> None:
    assert rules.status_word(status, required=required) == word


def test_exactly_one_signer_is_wanted() -> None:
    signer = SignerVerdict(Code.OK)
    assert rules.verdict_word(Verdict((signer,))) is None
    assert rules.verdict_word(Verdict((signer, signer))) == "several_signers"
    assert rules.verdict_word(Verdict(())) == "bad_signature"
    assert rules.verdict_word(Verdict((SignerVerdict(Code.EXPIRED),))) == "certificate_expired"
    assert rules.verdict_word(Verdict(code=Code.MALFORMED)) == "unreadable"
