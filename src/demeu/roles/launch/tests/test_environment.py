"""Each child knows its own role's settings and secrets, and a misspelt setting is named."""

from pathlib import Path

import pytest

from demeu.roles import topology
from demeu.roles.launch.databases import RoleDatabase
from demeu.roles.launch.environment import Plan, environment_of, role_environment
from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.processes import port_order, processes
from demeu.roles.launch.production import unfit, unfit_trust
from demeu.roles.launch.trouble import CannotStart
from demeu.roles.launch.variables import known_variables, require_known, require_valid

GIVEN = {
    "DEMEU_VAULT_SMS_KEY": "vault only",
    "DEMEU_TREASURY_BANK_KEY": "treasury only",
    "DEMEU_LOG_LEVEL": "INFO",
    "DEMEU_DATABASE_URL_VAULT": "operator's",
    "DEMEU_SECRET_KEY": "operator's secret",
}


def plan_for(folder: Path, profile: str = "demo") -> Plan:
    folders = Folders(root=folder, var=folder / "var")
    make_folders(folders)
    ports = {one.name: 9000 + number for number, one in enumerate(port_order(processes(profile)))}
    databases = {role: RoleDatabase(role, f"{role} owner", f"{role} runtime", role) for role in topology.WITH_DATABASE}
    return Plan(profile, folders, ports, databases, GIVEN)


def test_no_child_sees_another_roles_secrets(tmp_path: Path) -> None:
    plan = plan_for(tmp_path)
    secrets = Secrets(plan.folders.secrets_file)
    for process in processes("demo"):
        known = environment_of(plan, secrets, process)
        owned = {name for name in GIVEN if name.startswith(f"DEMEU_{process.role.upper()}_")} | {"DEMEU_LOG_LEVEL"}
        assert known.keys() & GIVEN.keys() - {"DEMEU_SECRET_KEY", "DEMEU_DATABASE_URL_VAULT"} == owned
        urls = {name: value for name, value in known.items() if name.startswith("DEMEU_DATABASE_URL_")}
        own = {f"DEMEU_DATABASE_URL_{process.role.upper()}": f"{process.role} runtime"}
        assert urls == (own if process.role in topology.WITH_DATABASE else {})


def test_roles_never_share_a_secret_even_when_the_operator_gives_one(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "production")
    secrets = Secrets(plan.folders.secrets_file)
    keys = {role: role_environment(plan, secrets, role)["DEMEU_SECRET_KEY"] for role in topology.ROLES}
    assert len(set(keys.values())) == len(topology.ROLES)
    assert GIVEN["DEMEU_SECRET_KEY"] not in keys.values()


def test_production_has_no_sandbox_process() -> None:
    assert {one.role for one in processes("production")} == set(topology.ROLES) - {"sandbox"}


@pytest.mark.parametrize(("profile", "address"), [("demo", "http://127.0.0.1:"), ("production", "")])
def test_pages_find_the_streams_in_the_demo_and_behind_the_proxy_in_production(
    tmp_path: Path, profile: str, address: str
) -> None:
    plan = plan_for(tmp_path, profile)
    secrets = Secrets(plan.folders.secrets_file)
    portal, vault = role_environment(plan, secrets, "portal"), role_environment(plan, secrets, "vault")
    port = str(plan.ports["portal-live"])
    assert portal["DEMEU_PORTAL_LIVE_PORT"] == port
    assert portal.get("DEMEU_PORTAL_LIVE_URL", "") == (f"{address}{port}" if address else "")
    assert "DEMEU_PORTAL_LIVE_PORT" not in vault


def test_the_portal_gets_the_first_port() -> None:
    assert port_order(processes("demo"))[0].name == "portal"


def test_a_misspelt_setting_is_named_with_the_nearest_one() -> None:
    with pytest.raises(CannotStart, match="DEMEU_DATABASE_URL_VALT") as refused:
        require_known({"PATH": "", "DEMEU_DATABASE_URL_VALT": "x"})
    assert refused.value.fix == "Did you mean DEMEU_DATABASE_URL_VAULT?"


def test_every_known_setting_is_accepted() -> None:
    require_known(dict.fromkeys(known_variables(), "x"))
    require_valid({"DEMEU_RESTART": "0", "DEMEU_PROFILE": "production"})


def test_production_names_everything_that_is_still_of_the_demo(tmp_path: Path) -> None:
    wrong = " ".join(what for what, _fix in unfit({"DEMEU_VAR": str(tmp_path / "var")}))
    for name in ("DEMEU_SECRET_KEY", "DEMEU_DATABASE_URL_VAULT", "DEMEU_VAULT_SMS_URL", "DEMEU_TREASURY_HALYK_SECRET"):
        assert name in wrong


def test_a_certificate_of_the_sandbox_is_found_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "renamed.cer").write_bytes(b"\x30\x82 GOST SANDBOX")
    (tmp_path / "real.cer").write_bytes(b"\x30\x82 GOST")
    found = list(unfit_trust({"DEMEU_VAULT_TRUST": str(tmp_path), "DEMEU_VAR": str(tmp_path / "var")}))
    assert [wrong for wrong, _fix in found] == [f"{tmp_path / 'renamed.cer'} is of the sandbox."]
