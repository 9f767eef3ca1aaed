"""Who runs where, who may ask whom, who hears what: plain data, and nothing else decides it.

Questions go down the line portal → treasury → vault → scoring; news goes up as events.
"""

ROLES = ("portal", "treasury", "vault", "scoring", "sandbox")

WITH_DATABASE = ("portal", "treasury", "vault", "sandbox")

PORT_OFFSETS = {"portal": 0, "treasury": 1, "vault": 2, "scoring": 3, "sandbox": 4}

DEPENDS_ON: dict[str, tuple[str, ...]] = {
    "portal": ("treasury", "vault"),
    "treasury": ("vault",),
    "vault": ("scoring",),
    "scoring": (),
    "sandbox": (),
}

# operation → roles that may ask it
MAY_ASK: dict[str, dict[str, tuple[str, ...]]] = {
    "scoring": {
        "score.assess": ("vault",),
        "score.rules": ("vault", "portal"),
    },
    "vault": {},
    "treasury": {},
    "portal": {},
    "sandbox": {},
}

# event → roles that hear it
HEARS: dict[str, tuple[str, ...]] = {}


def callers_of(service: str) -> dict[str, tuple[str, ...]]:
    """For each operation of a service, who may ask it; events come from every role that announces to it."""
    announcers = tuple(role for role in ("vault", "treasury", "portal") if role != service)
    return {**MAY_ASK[service], "events.receive": announcers}
