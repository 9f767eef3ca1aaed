"""The desk's pages: who may open them, what they refuse, and what the public sees of the figures."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel import sealing, signing
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role, invite
from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.school_checks import actions
from demeu.portal.school_checks.models import RequestList, SchoolCheck
from demeu.portal.school_checks.tests.cast import IIN, PHONE, assessed, pedagogue, request

pytestmark = pytest.mark.django_db
DESK = "/desk/school-checks/"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    sealing.make_seals(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


def signed_in(client: Client, actor: Actor) -> Client:
    session = client.session
    session["person"], session["office"] = str(actor.person), True
    session.save()
    return client


def sent(**other: str) -> dict[str, str]:
    return {"check": str(new_id()), "number": "12/2026", "iin": IIN, "phone": PHONE} | other


def check_of(actor: Actor) -> SchoolCheck:
    return actions.open_check(check=new_id(), request=request(), lang="ru", actor=actor)


@pytest.mark.parametrize("path", ["", "upload/", "template.csv", "figures.csv"])
@pytest.mark.parametrize("role", [None, Role.CURATOR, Role.AUDITOR, Role.AKIMAT])
def test_another_role_is_refused(client: Client, path: str, role: Role | None) -> None:
    person = new_id()
    if role:
        give_role(person=person, role=role, by="operator:test", regions=("35",))
    assert signed_in(client, actor_of(person)).get(DESK + path).status_code == 403


def test_a_guest_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", [DESK, f"{DESK}upload/", "/school-checks/", "/legal/pupil-aid/"])
def test_pages_open_in_three_languages(client: Client, path: str, lang: str) -> None:
    answer = signed_in(client, pedagogue()).get(path, headers={"accept-language": lang})
    assert answer.status_code == 200 and f'lang="{lang}"'.encode() in answer.content


def test_a_check_is_opened_and_a_second_post_of_the_form_opens_no_other(client: Client) -> None:
    signed_in(client, pedagogue())
    form = sent()
    answers = [client.post(DESK, form) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{DESK}{form['check']}/"] * 2
    assert IIN not in answers[0]["Location"]
    page = client.get(answers[0]["Location"]).content.decode()
    assert 'data-state="received"' in page and IIN not in page


def test_a_refused_request_keeps_what_was_typed_and_says_why_at_the_field(client: Client) -> None:
    signed_in(client, pedagogue())
    answer = client.post(DESK, sent(iin="900101200011"))
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="12/2026"' in page and "field-error" in page
    assert not SchoolCheck.objects.exists()


def test_a_check_of_a_colleague_does_not_exist(client: Client) -> None:
    row = check_of(pedagogue())
    signed_in(client, pedagogue())
    for path in ("", "print/"):
        assert client.get(f"{DESK}{row.id}/{path}").status_code == 404


@pytest.mark.parametrize("state", ["received", "asked", "gathering", "refused", "expired", "withdrawn", "unusable"])
def test_without_a_consent_in_force_there_is_no_category_and_no_printout(client: Client, state: str) -> None:
    actor = pedagogue()
    row = check_of(actor)
    SchoolCheck.objects.filter(id=row.id).update(state=state, sealed="", person=new_id(), consent=new_id())
    signed_in(client, actor)
    page = client.get(f"{DESK}{row.id}/").content.decode()
    assert f'data-state="{state}"' in page and "data-category" not in page
    assert client.get(f"{DESK}{row.id}/print/").status_code == 302


def test_a_known_category_is_not_shown_from_our_own_table_while_vault_is_away(client: Client) -> None:
    actor = pedagogue()
    check = assessed("Школа № 17", "350000000", "9", 6)
    SchoolCheck.objects.filter(id=check).update(pedagogue=actor.person)
    page = signed_in(client, actor).get(f"{DESK}{check}/")
    assert page.status_code == 200 and b"data-category" not in page.content


def test_a_step_that_is_not_possible_is_refused_on_the_page(client: Client) -> None:
    actor = pedagogue()
    row = check_of(actor)
    assert signed_in(client, actor).post(f"{DESK}{row.id}/", {"do": "confirm"}).status_code == 409


def upload(client: Client, text: str) -> object:
    file = SimpleUploadedFile("list.csv", text.encode())
    return client.post(f"{DESK}upload/", {"list": str(new_id()), "file": file})


def test_a_bad_list_names_its_lines_and_keeps_nothing(client: Client) -> None:
    signed_in(client, pedagogue())
    answer = upload(client, f"number;iin;phone\n1;{IIN};\n2;12;\n")
    assert answer.status_code == 422 and b'data-line="3"' in answer.content  # type: ignore[attr-defined]
    assert not RequestList.objects.exists() and not SchoolCheck.objects.exists()
    nothing = client.post(f"{DESK}upload/", {"list": str(new_id())})
    assert nothing.status_code == 422


def test_a_good_list_is_shown_and_opened_on_confirmation(client: Client) -> None:
    signed_in(client, pedagogue())
    answer = upload(client, f"number;iin;phone\n1;{IIN};{PHONE}\n")
    page = answer["Location"]  # type: ignore[index]
    shown = client.get(page).content.decode()
    assert "№ 1" in shown and IIN not in shown
    assert [client.post(page, {"do": "confirm"}).status_code for _ in range(2)] == [302, 302]
    assert SchoolCheck.objects.count() == 1
    assert client.post(page, {"do": "nonsense"}).status_code == 422


def test_the_public_sees_no_cell_below_eleven_and_the_school_its_own(client: Client) -> None:
    for number in range(12):
        assessed("Школа № 17", "350000000", str(number), 6 if number == 0 else 3)
    public = client.get("/school-checks/figures.csv").content.decode("utf-8-sig").splitlines()
    assert public[0] == "period,region_kato,region,schools,requests,category_6"
    assert [line.rsplit(",", 3)[1:] for line in public[1:]] == [["", "12", ""], ["", "12", ""]]
    own = signed_in(client, pedagogue()).get(f"{DESK}figures.csv").content.decode("utf-8-sig").splitlines()
    assert own[1].endswith(",1,12,1")
    assert client.get("/school-checks/?period=2019-q1").status_code == 404
    assert client.get("/school-checks/?period=x").status_code == 404


def test_a_pedagogue_is_invited_to_one_named_school_of_one_region() -> None:
    for regions, school in (((), "Школа № 1"), (("35", "79"), "Школа № 1"), (("35",), " ")):
        with pytest.raises(Refusal, match=r"role\.school_not_named"):
            invite(role=Role.SCHOOL_PEDAGOGUE, by="operator:test", regions=regions, organization=school)
    assert invite(role=Role.SCHOOL_PEDAGOGUE, by="operator:test", regions=("35",), organization="Школа № 1")
