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
        "score.changes": ("vault",),
        "score.rules": ("vault", "portal"),
    },
    "vault": {
        "identity.begin": ("portal",),
        "identity.complete": ("portal",),
        "identity.providers": ("portal",),
        "qr.open": ("portal",),
        "qr.show": ("portal",),
        "qr.put": ("portal",),
        "qr.collect": ("portal",),
        "passkeys.begin": ("portal",),
        "passkeys.complete": ("portal",),
        "passkeys.list": ("portal",),
        "passkeys.remove": ("portal",),
        "identity.begin_oidc": ("portal",),
        "identity.complete_oidc": ("portal",),
        "signatures.begin": ("portal",),
        "signatures.complete": ("portal",),
        "signatures.show": ("treasury",),
        "people.card": ("portal",),
        "people.enter": ("portal",),
        "people.by_number": ("portal",),
        "people.contact": ("portal",),
        "people.show": ("portal",),
        "people.alias": ("portal",),
        "people.further_contact": ("portal",),
        "people.paper": ("portal",),
        "people.tie": ("portal",),
        "people.untie": ("portal",),
        "people.likely_same": ("portal",),
        "people.decide_same": ("portal",),
        "codes.send": ("portal",),
        "codes.check": ("portal",),
        "consents.ask": ("portal",),
        "consents.grant": ("portal",),
        "consents.refuse": ("portal",),
        "consents.withdraw": ("portal",),
        "consents.list": ("portal",),
        "consents.receipt": ("portal",),
        "rights.export": ("portal",),
        "rights.erase": ("portal",),
        "policy.show": ("portal",),
        "policy.propose": ("portal",),
        "policy.approve": ("portal",),
        "facts.gather": ("portal",),
        "facts.enter": ("portal",),
        "facts.contest": ("portal",),
        "facts.settle": ("portal",),
        "facts.contests": ("portal",),
        "facts.registry_log": ("portal",),
        "facts.status": ("portal",),
        "facts.show": ("portal",),
        "facts.needs": ("portal",),
        "households.assess": ("portal",),
        "organizations.look_up": ("portal",),
        "assessments.show": ("portal",),
        "assessments.changes": ("portal",),
        "documents.put": ("portal",),
        "documents.upload": ("portal",),
        "documents.get": ("portal",),
        "messages.deliver": ("portal",),
        "messages.inbox": ("portal",),
        "messages.unread": ("portal",),
        "messages.read": ("portal",),
        "messages.answer": ("portal",),
        "messages.settings": ("portal",),
        "messages.save_settings": ("portal",),
        "messages.subscribe": ("portal",),
        "messages.forget_devices": ("portal",),
        "messages.unsubscribe": ("portal",),
        "messages.check": ("portal",),
        "messages.figures": ("portal",),
        "messages.templates": ("portal",),
        "messages.measure": ("portal",),
        "access.trail": ("portal",),
        "payees.register": ("portal",),
        "payees.list": ("portal",),
        "payees.screen": ("treasury",),
        "payees.fill_instruction": ("treasury",),
        "statements.extract": ("treasury",),
    },
    "treasury": {
        "needs.declare": ("portal",),
        "needs.close": ("portal",),
        "gifts.start": ("portal",),
        "gifts.status": ("portal",),
        "gifts.receipt": ("portal",),
        "refunds.ask": ("portal",),
        "refunds.decide": ("portal",),
        "refunds.list": ("portal",),
        "payouts.prepare": ("portal",),
        "payouts.approve": ("portal",),
        "payouts.reject": ("portal",),
        "payouts.show": ("portal",),
        "payouts.list": ("portal",),
        "deliveries.record": ("portal",),
        "deliveries.confirm": ("portal",),
        "money.cases": ("portal",),
        "money.trail": ("portal",),
        "money.platform": ("portal",),
        "log.append": ("portal",),
        "log.check": ("portal",),
    },
    "portal": {},
    "sandbox": {},
}

# event → roles that hear it
HEARS: dict[str, tuple[str, ...]] = {
    "facts.gathered": ("portal",),
    "facts.corrected": ("portal",),
    "household.struck": ("portal",),
    "consent.changed": ("portal",),
    "message.replied": ("portal",),
    "access.head_closed": ("treasury",),
    "rule_set.released": ("treasury",),
    "gift.received": ("portal",),
    "gift.failed": ("portal",),
    "gift.returned": ("portal",),
    "case.money_changed": ("portal",),
    "item.funded": ("portal",),
    "payout.changed": ("portal",),
    "delivery.confirmed": ("portal",),
}


def callers_of(service: str) -> dict[str, tuple[str, ...]]:
    """For each operation of a service, who may ask it; events come from every role that announces to it."""
    announcers = tuple(role for role in ("vault", "treasury", "portal") if role != service)
    return {**MAY_ASK[service], "events.receive": announcers}
