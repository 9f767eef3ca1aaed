"""What must always hold of surplus money."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="fallbacks.asked_first",
        promise="money whose donor wanted to be asked leaves its purpose only by the answer, and not before it",
        sql="""SELECT a.id FROM treasury_allocation_allocation a JOIN treasury_donations_gift g ON g.id = a.gift
               WHERE g.fallback = 'ask' AND a.amount_tiyn > 0 AND a.why ->> 'scope' LIKE 'fallback:%'
                 AND NOT EXISTS (SELECT 1 FROM treasury_fallbacks_surplusquestion q
                                 WHERE q.gift = g.id AND q.answered_at <= a.at
                                   AND a.why ->> 'scope' = 'fallback:' || q.answer)""",
    ),
    Invariant(
        name="fallbacks.answer_is_kept",
        promise="a gift's answer is the last one that was given to a question about it",
        sql="""SELECT g.id FROM treasury_donations_gift g
               WHERE g.answer <> coalesce((SELECT q.answer FROM treasury_fallbacks_surplusquestion q
                                           WHERE q.gift = g.id AND q.answer <> ''
                                           ORDER BY q.answered_at DESC LIMIT 1), '')""",
    ),
]
