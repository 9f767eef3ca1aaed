"""Operations that scoring serves; each handler only translates. Nothing asked here is kept."""

from demeu.contracts.scoring import ASSESS, CHANGES, RULES, Assessment, AssessRequest, Changes, RuleSets
from demeu.kernel import clock
from demeu.kernel.operations import Empty
from demeu.kernel.serving import Call, operation_api
from demeu.scoring.assess import assess, rule_sets
from demeu.scoring.change_words import changes_of

api = operation_api("scoring")


@api.serve(ASSESS)
def assess_household(call: Call, body: AssessRequest) -> Assessment:
    """One household: category, points and the reason of each indicator; on today's rules unless a day is named."""
    return assess(body, on=body.on or clock.today())


@api.serve(CHANGES)
def show_changes(call: Call, body: AssessRequest) -> Changes:
    """What would change the category of one household, fact by fact."""
    return changes_of(body, on=body.on or clock.today())


@api.serve(RULES)
def list_rule_sets(call: Call, body: Empty) -> RuleSets:
    """The released rule sets with their hashes."""
    return rule_sets("ru")
