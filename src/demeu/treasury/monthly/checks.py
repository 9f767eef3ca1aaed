"""What must always hold of monthly gifts."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="monthly.one_gift_a_month",
        promise="no month of a plan has kept two gifts: a second one goes back",
        sql="""SELECT a.charge_id, count(*) FROM treasury_monthly_attempt a
               JOIN treasury_donations_gift g ON g.id = a.gift
               WHERE g.received_at IS NOT NULL AND NOT a.failed AND NOT a.returned
               GROUP BY a.charge_id HAVING count(*) > 1""",
    ),
    Invariant(
        name="monthly.paid_has_its_gift",
        promise="a month counts as paid exactly when a gift of it has come",
        sql="""SELECT c.id FROM treasury_monthly_charge c WHERE (c.state = 'paid') AND NOT EXISTS (
                 SELECT 1 FROM treasury_monthly_attempt a JOIN treasury_donations_gift g ON g.id = a.gift
                 WHERE a.charge_id = c.id AND NOT a.failed AND g.received_at IS NOT NULL)""",
    ),
    Invariant(
        name="monthly.nothing_after_stop",
        promise="nothing is charged for a month after its plan was stopped",
        sql="""SELECT a.gift FROM treasury_monthly_attempt a JOIN treasury_monthly_charge c ON c.id = a.charge_id
               JOIN treasury_monthly_planchange s ON s.plan_id = c.plan_id AND s.what = 'stop' AND s.at < a.at
               WHERE NOT EXISTS (SELECT 1 FROM treasury_monthly_planchange u
                                 WHERE u.undoes = s.id AND u.at <= a.at)""",
    ),
]
