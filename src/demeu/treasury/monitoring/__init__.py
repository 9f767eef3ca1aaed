"""Financial monitoring: movements that look like laundering or fraud become alerts that two people decide.

Words: an *alert* is a rule that a party's movements have met, with the facts; a *party* is a reference or keyed hash.
Always true: who proposes a decision does not take it; a payout under a holding alert is not approved; nothing here
knows a name. What thresholds the law sets for charities is not confirmed.
"""
