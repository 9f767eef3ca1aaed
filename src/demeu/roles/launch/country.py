"""Where the launcher gets the demo country: one JSON text per role, made by ``demeu.roles.demo``."""

import importlib.util
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


def loads_country(role: str) -> bool:
    """Whether ``role`` has a ``load_demo`` command."""
    return any(PACKAGE.glob(f"{role}/*/management/commands/load_demo.py"))


def country_for(role: str) -> str:
    """JSON text that ``prepare_sandbox`` (role sandbox) or ``load_demo`` (other roles) reads on standard input."""
    if importlib.util.find_spec("demeu.roles.demo") is None:
        return "[]" if role == "sandbox" else "{}"
    from demeu.roles import demo

    return str(demo.country_for(role))


def sign_ins() -> list[tuple[str, str, str]]:
    """Who can sign in at the demo: name, role, how."""
    if importlib.util.find_spec("demeu.roles.demo") is None:
        return []
    from demeu.roles import demo

    return list(demo.sign_ins())
