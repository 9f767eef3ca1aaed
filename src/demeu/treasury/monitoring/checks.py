"""What must always hold of alerts."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="monitoring.two_people_decide",
        promise="a decided alert was proposed by one person and taken by another",
        sql="""SELECT id FROM treasury_monitoring_alert WHERE state = 'decided'
               AND (proposed_by = '' OR decided_by = '' OR proposed_by = decided_by)""",
    ),
    Invariant(
        name="monitoring.stopped_is_not_paid",
        promise="a payout that an undecided alert holds has not gone to the bank",
        sql="""SELECT a.id, p.id FROM treasury_monitoring_alert a JOIN treasury_payouts_payout p ON p.id = a.payout
               WHERE a.state <> 'decided' AND p.state IN ('approved', 'sent', 'settled')""",
    ),
]
