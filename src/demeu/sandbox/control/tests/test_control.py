"""What the story and a demo's visitor ask of the controls."""

import base64
import json
import stat

import pytest
from django.core.management import CommandError, call_command

from demeu.sandbox.control.checks import refuse_production
from demeu.sandbox.identity import actions
from demeu.sandbox.registries.numbers import is_valid
from demeu.sandbox.registries.queries import household_of
from demeu.sandbox.signing import certificates, cms

pytestmark = pytest.mark.django_db
CAST = [
    {
        "key": "curator",
        "iin": "900101100014",
        "surname": "Омаров",
        "given_name": "Ержан",
        "patronymic": "Болатұлы",
        "phone": "+77000000001",
        "bin": "990140004654",
        "organization": "«Үміт» ҚҚ",
    },
    {
        "key": "mother",
        "iin": "900101200010",
        "surname": "Серікова",
        "given_name": "Айгүл",
        "patronymic": None,
        "phone": "+77000000002",
        "bin": None,
        "organization": None,
    },
]


@pytest.fixture(autouse=True)
def authority():
    """The sandbox is founded."""
    actions.found_authorities()


def send(client, method, path, **content):
    """A JSON request; gives status and content."""
    answer = getattr(client, method)(path, json.dumps(content), content_type="application/json")
    return answer.status_code, answer.json()


def test_each_order_makes_a_new_family_with_a_key_that_signs(client):
    (first_status, first), (_, second) = (send(client, "post", "/control/families") for _ in range(2))
    assert first_status == 201 and first["kind"] == "mother_disabled_child"
    assert first["iin"] != second["iin"] and is_valid(first["iin"])
    assert first["ncalayer_query"] == f"?key={first['key_id']}"
    assert any(member["disability"] and member["rehabilitation_items"] for member in first["members"])
    letter = base64.b64encode(b"letter").decode()
    status, signed = send(client, "post", "/control/sign", format="cms", data=letter, key=first["key_id"])
    assert status == 200
    found = cms.verify(cms.from_text(signed["result"][0]), b"letter")
    assert certificates.subject_fields(found.certificate)["serial_number"] == f"IIN{first['iin']}"
    assert client.get(f"/control/families/{first['iin']}").json()["household_id"] == first["household_id"]


def test_a_seeded_family_cannot_be_made_twice(client):
    assert send(client, "post", "/control/families", kind="debts", seed=4)[0] == 201
    status, problem = send(client, "post", "/control/families", kind="debts", seed=4)
    assert (status, problem["code"]) == (409, "household.exists")


@pytest.mark.parametrize(
    "content,code",
    [
        ({"kind": "no-such"}, "household.unknown_kind"),
        ({"official_category": 9}, "household.unknown_category"),
        ({"seed": "x"}, "body.unusable"),
        ({"surprise": 1}, "body.unusable"),
    ],
)
def test_unusable_orders_are_refused_with_a_code(client, content, code):
    status, problem = send(client, "post", "/control/families", **content)
    assert (status, problem["code"]) == (422, code)


def test_nonsense_bodies_and_methods_are_no_server_errors(client):
    assert client.post("/control/families", b"\xff{", content_type="application/json").status_code == 422
    assert client.put("/control/families").status_code == 405
    assert client.get("/control/families/123").status_code == 404
    assert client.get("/control/families/000000000000").status_code == 404
    assert client.get("/control/keys/certificate?key=%00").status_code == 404
    assert client.post("/keys/", {"key_id": "\x00"}).status_code == 404
    nul = json.dumps({"service": "\x00", "fault": "delay"})
    assert client.post("/control/faults", nul, content_type="application/json").status_code == 422
    assert client.post("/control/sign", "[]", content_type="application/json").status_code == 422


def test_keys_are_listed_picked_added_and_withdrawn(client, settings, tmp_path):
    settings.DEMEU_VAR = tmp_path
    (tmp_path / "trust").mkdir()
    _, family = send(client, "post", "/control/families")
    status, added = send(client, "post", "/control/keys", iin=family["iin"], algorithm="rsa2048-sha256")
    assert (status, added["algorithm"]) == (201, "rsa2048-sha256")
    assert send(client, "post", "/control/keys/current", key_id=added["key_id"])[1]["current"] is True
    listed = {one["key_id"]: one for one in client.get("/control/keys").json()["keys"]}
    assert listed[added["key_id"]]["current"] and not listed[family["key_id"]]["current"]
    assert send(client, "post", f"/control/keys/{family['key_id']}/revoke")[1]["revoked"] is True
    assert (tmp_path / "trust" / "sandbox-nca.crl").stat().st_size > 300
    assert send(client, "post", f"/control/keys/{family['key_id']}/revoke")[0] == 409


def test_faults_are_planted_listed_used_up_and_cleared(client):
    _, answer = send(client, "post", "/control/faults", service="DEMEU_IPR", fault="scse001", times=2)
    assert [one["fault"] for one in answer["faults"]] == ["scse001"]
    assert send(client, "post", "/control/faults", service="DEMEU_IPR", fault="none")[1] == {"faults": []}
    send(client, "post", "/control/faults", service="*", fault="delay")
    assert client.delete("/control/faults").json() == {"faults": []}
    status, problem = send(client, "post", "/control/faults", service="DEMEU_IPR", fault="explode")
    assert (status, problem["code"]) == (422, "fault.unknown")


@pytest.mark.parametrize(
    "language,words",
    [
        ("ru", "Ключи песочницы"),
        ("kk", "Құмсалғыш кілттері"),
        ("en", "Sandbox keys"),
    ],
)
def test_the_page_of_keys_speaks_three_languages_and_picks(client, language, words):
    _, family = send(client, "post", "/control/families")
    assert client.get(f"/keys/?lang={language}").status_code == 302
    page = client.get("/keys/").content.decode()
    assert f'<html lang="{language}">' in page and family["iin"] in page
    assert words in page
    assert "style=" not in page and "<script" not in page
    assert client.post("/keys/", {"key_id": family["key_id"]}).status_code == 302
    assert 'aria-pressed="true"' in client.get("/keys/").content.decode()
    assert client.post("/keys/", {"key_id": "nobody"}).status_code == 404


def test_preparing_writes_the_folder_of_trust_and_enrols_the_cast_once(settings, tmp_path, capsys):
    settings.DEMEU_VAR = tmp_path
    cast = tmp_path / "cast.json"
    cast.write_text(json.dumps(CAST), encoding="utf-8")
    for _ in range(2):
        call_command("prepare_sandbox", cast=str(cast))
    trust = tmp_path / "trust"
    assert {"sandbox-root.cer", "sandbox-nca.cer", "sandbox-nca-rsa.cer", "sandbox-nca.crl"} <= {
        file.name for file in trust.iterdir()
    }
    key = json.loads((trust / "vault-is.json").read_text())
    assert key["algorithm"] == "gost2015-512" and len(key["private_hex"]) == 128
    assert stat.S_IMODE((trust / "vault-is.json").stat().st_mode) == 0o600
    assert json.loads((trust / "vault-kdp.json").read_text())["bin"] == "230940000019"
    home = household_of("900101200010")
    assert home and home.applicant.full_name == "СЕРІКОВА АЙГҮЛ" and len(home.members) >= 3
    assert (home.applicant.birth_date, home.applicant.male) == ("1890-01-01", False)
    assert household_of("900101100014") is None
    assert "2 people" in capsys.readouterr().out


def test_a_cast_that_cannot_be_read_is_named(settings, tmp_path):
    settings.DEMEU_VAR = tmp_path
    cast = tmp_path / "cast.json"
    cast.write_text('[{"key": "curator"}]')
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("prepare_sandbox", cast=str(cast))


def test_the_check_refuses_production(settings):
    assert refuse_production(None) == []
    settings.DEMEU_PROFILE = "production"
    assert refuse_production(None)[0].id == "sandbox.E001"


@pytest.mark.parametrize("page", ["/keys/", "/phone/", "/bank/"])
def test_every_page_has_an_icon_that_is_there(client, page):
    assert b'<link rel="icon" href="/static/sandbox/icon.svg"' in client.get(page).content
    asked = client.get("/favicon.ico")
    assert (asked.status_code, asked["Location"]) == (302, "/static/sandbox/icon.svg")
    icon = client.get(asked["Location"])
    icon.close()
    assert (icon.status_code, icon["Content-Type"]) == (200, "image/svg+xml")
