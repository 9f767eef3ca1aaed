"""One household assessed: check the facts, run the criteria, give the verdict, explain it. Pure: no clock, no store."""

from datetime import date

from demeu.contracts.scoring import Assessment, AssessRequest, RuleSets, RuleSetSummary
from demeu.kernel.errors import invalid
from demeu.scoring.facts import faults, strangers
from demeu.scoring.plain import findings, member
from demeu.scoring.rule_sets import Rules, released, rules_on
from demeu.scoring.trace import explain, explain_six
from demeu.scoring.verdict import verdict


def assess(request: AssessRequest, *, on: date) -> Assessment:
    """The verdict on a day with every reason; raises `rules.unknown`, `score.no_minimum`, `score.rejected`."""
    return assess_by(rules_on(request.rules, on), request)


def assess_by(rules: Rules, request: AssessRequest) -> Assessment:
    """The same by rules at hand, on their day; what the request says of rules and day does not count."""
    household, on = request.household, rules.on
    rejected = strangers(household, request.persons)
    if wrong := faults(household, request.persons, on):
        raise invalid("score.rejected", faults=[str(fault) for fault in wrong + rejected])
    members = [member(one, on) for one in request.persons if one.household_id == household.household_id]
    *found, six = findings(rules, household, members)
    given = verdict(found, six, rules)
    # Constructed, not validated again: every part is ours, and each line was checked when it was written.
    return Assessment.model_construct(
        category=given.category,
        total=given.total,
        level=given.level,
        indicators=tuple([explain(finding, request.lang) for finding in found]),
        category_six=explain_six(six, request.lang),
        unknown=given.unknown,
        complete=not given.unknown,
        range_low=given.range_low,
        range_high=given.range_high,
        category_low=given.category_low,
        category_high=given.category_high,
        rule_set=rules.rule_set.id,
        rule_set_hash=rules.rule_set.hash,
        on=on,
        rejected=tuple(fault.row for fault in rejected),
    )


def rule_sets(lang: str) -> RuleSets:
    """Every released rule set with its hash, the title in `lang`."""
    summaries = (
        RuleSetSummary(id=one.id, hash=one.hash, title=one.title[lang], default=one.default, released=one.released)
        for one in released().values()
    )
    return RuleSets(rule_sets=tuple(summaries))
