"""The office in which somebody acts travels signed with every call, and cannot be put there by anybody else."""

from pathlib import Path

from demeu.kernel import context, signing
from demeu.kernel.context import NOBODY, Acting

BODY = b"{}"


def _keys(folder: Path) -> tuple[signing.Keyring, signing.Keyring]:
    signing.make_keys(folder, ("portal", "vault"))
    return signing.load_keys(folder / "portal", "portal"), signing.load_keys(folder / "vault", "vault")


def _verified(folder: Path, **office: Acting) -> Acting:
    portal, vault = _keys(folder)
    token = signing.sign_call(
        portal, audience="vault", operation="people.card", actor="person:x", purpose="case_review", body=BODY, **office
    )
    return signing.verify_call(vault, token, operation="people.card", body=BODY, callers=("portal",)).acting


def test_a_call_carries_role_organisation_and_case(tmp_path: Path) -> None:
    office = Acting("curator", "Мейірім қоры", "application:1")
    assert _verified(tmp_path, acting=office) == office
    assert _verified(tmp_path) == NOBODY


def test_the_office_is_that_of_the_block_and_ends_with_it() -> None:
    with context.acting_as("curator", "x" * 200, "application:1"):
        assert context.acting() == Acting("curator", "x" * 140, "application:1")
        with context.acting_as("volunteer"):
            assert context.acting().role == "volunteer"
        assert context.acting().role == "curator"
    assert context.acting() == NOBODY
