"""What must always hold of pledges."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="pledges.matches_add_up",
        promise="what a pledge has doubled is the sum of its matches, never above its limit",
        sql="""SELECT p.id, p.matched_tiyn, coalesce(sum(m.amount_tiyn), 0) FROM treasury_pledges_companypledge p
               LEFT JOIN treasury_pledges_match m ON m.pledge_id = p.id
               GROUP BY p.id HAVING p.matched_tiyn <> coalesce(sum(m.amount_tiyn), 0)
                                 OR p.matched_tiyn > p.amount_tiyn""",
    ),
    Invariant(
        name="pledges.no_gift_is_doubled_above_itself",
        promise="one pledge adds to a gift at most as much as was given",
        sql="""SELECT m.id FROM treasury_pledges_match m JOIN treasury_donations_gift g ON g.id = m.gift
               WHERE m.amount_tiyn > g.amount_tiyn OR g.held_at IS NULL""",
    ),
    Invariant(
        name="pledges.unmatched_is_kept",
        promise="while a pledge goes on, all that has matched nothing yet and has not gone back is kept",
        sql="""SELECT p.id FROM treasury_pledges_companypledge p JOIN treasury_donations_gift g ON g.id = p.id
               WHERE p.kind = 'match' AND p.ended_at IS NULL
                 AND g.kept_tiyn NOT BETWEEN greatest(p.amount_tiyn - p.matched_tiyn - g.returned_tiyn, 0)
                                         AND p.amount_tiyn - p.matched_tiyn""",
    ),
]
