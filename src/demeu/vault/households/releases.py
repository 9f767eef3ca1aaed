"""Making the rule sets of scoring known: scoring is silent and keeps nothing, so the vault announces for it."""

from django.db import transaction

from demeu.contracts.scoring import RULES, RuleSetSummary
from demeu.contracts.vault import RuleSetReleased
from demeu.contracts.words import Purpose
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.calling import ask
from demeu.kernel.events import announce
from demeu.kernel.operations import Empty
from demeu.vault.households.models import KnownRuleSet


def announce_new_rule_sets() -> int:
    """Ask scoring by what it can assess and announce what was not known; how many. Run again, nothing happens."""
    answer = ask("scoring", RULES, Empty(), actor="role:vault", purpose=Purpose.ADMINISTRATION)
    return sum(_announce_once(found) for found in answer.rule_sets)


def _announce_once(found: RuleSetSummary) -> bool:
    with transaction.atomic():
        _, fresh = KnownRuleSet.objects.get_or_create(
            rule_set=found.id, rule_set_hash=found.hash, defaults={"known_at": clock.now()}
        )
        if fresh:
            record(actor="role:vault", action="rule_set.known", subject=f"rule_set:{found.id}", sha256=found.hash)
            announce(RuleSetReleased(rule_set=found.id, rule_set_hash=found.hash, released=found.released))
        return fresh
