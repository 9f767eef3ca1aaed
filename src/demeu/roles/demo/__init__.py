"""The demo country: people who can sign in, suppliers, and published cases with money in every state.

Everything here is invented; numbers carry right check digits from ranges that nobody living has. The same data every
time, so that loading it again changes nothing.
"""

import json
from typing import Any

from demeu.roles.demo.cases import demo_cases
from demeu.roles.demo.checks import demo_checks
from demeu.roles.demo.people import CAST, PAYEES


def country_for(role: str) -> str:
    """What one role may know of the demo country, as JSON text."""
    return json.dumps(_FOR_ROLE.get(role, dict)(), ensure_ascii=False)


def sign_ins() -> list[tuple[str, str, str]]:
    """Who can sign in at the demo: name, what they do, with which key."""
    return [(f"{one.given_name} {one.surname}", one.work, f"sandbox key {one.iin}") for one in CAST]


def _for_sandbox() -> list[dict[str, Any]]:
    return [one.identity() for one in CAST]


def _for_vault() -> dict[str, Any]:
    people = [{**one.identity(), "ref": str(one.ref), "lang": "ru", "region_kato": one.region_kato} for one in CAST]
    return {"people": people, "payees": PAYEES}


def _for_portal() -> dict[str, Any]:
    roles = [
        {
            "person": str(one.ref),
            "role": one.role,
            "regions": list(one.regions),
            "organization": one.organization or "",
        }
        for one in CAST
        if one.role
    ]
    return {"roles": roles, "cases": demo_cases(), "school_checks": demo_checks()}


def _for_treasury() -> dict[str, Any]:
    kept = ("case", "group", "region_kato", "urgency", "opened_at", "curator")
    return {
        "cases": [
            {
                **{name: case[name] for name in kept},
                "items": [{"item": item["item"], "amount_tiyn": item["amount_tiyn"]} for item in case["items"]],
                "gifts": case["gifts"],
            }
            for case in demo_cases()
        ]
    }


_FOR_ROLE = {"sandbox": _for_sandbox, "vault": _for_vault, "portal": _for_portal, "treasury": _for_treasury}
