"""What must always hold between the bank and the books."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="reconciliation.bank_is_books",
        promise="the books' bank account is the sum of all matched statement lines",
        sql="""SELECT b.total, l.total FROM
                 (SELECT coalesce(sum(amount_tiyn), 0) AS total FROM treasury_ledger_posting
                   WHERE account = 'assets:bank:fund') b,
                 (SELECT coalesce(sum(l.amount_tiyn), 0) AS total FROM treasury_reconciliation_statementline l
                   JOIN treasury_reconciliation_linematch m ON m.line_id = l.id) l
               WHERE b.total <> l.total""",
    ),
    Invariant(
        name="reconciliation.unmatched_has_owner",
        promise="every unmatched line has an owner",
        sql="SELECT line_id FROM treasury_reconciliation_linematch WHERE kind = 'unmatched' AND owner = ''",
    ),
    Invariant(
        name="reconciliation.lines_are_matched",
        promise="no statement line stays open longer than an hour",
        sql="""SELECT l.id FROM treasury_reconciliation_statementline l
               LEFT JOIN treasury_reconciliation_linematch m ON m.line_id = l.id
               WHERE m.line_id IS NULL AND l.stored_at < now() - interval '1 hour'""",
    ),
    Invariant(
        name="reconciliation.settlement_is_its_gift",
        promise="a line that settles a gift has one transfer of its sum and fee in the books, for that gift",
        sql="""SELECT l.id, m.thing FROM treasury_reconciliation_linematch m
               JOIN treasury_reconciliation_statementline l ON l.id = m.line_id
               LEFT JOIN treasury_ledger_posting p ON p.gift = m.thing AND p.account LIKE 'assets:gateway:%'
                 AND p.amount_tiyn < 0
               LEFT JOIN treasury_ledger_transfer t ON t.id = p.transfer_id AND t.kind = 'settle'
               WHERE m.kind = 'settlement' GROUP BY l.id, m.thing, l.amount_tiyn, l.fee_tiyn
               HAVING count(t.id) <> 1
                   OR sum(p.amount_tiyn) FILTER (WHERE t.id IS NOT NULL) <> -(l.amount_tiyn + l.fee_tiyn)""",
    ),
    Invariant(
        name="reconciliation.payment_is_its_payout",
        promise="a line that pays has one transfer of its sum in the books, for the payout that it names",
        sql="""SELECT l.id, m.thing FROM treasury_reconciliation_linematch m
               JOIN treasury_reconciliation_statementline l ON l.id = m.line_id
               LEFT JOIN treasury_ledger_posting p ON p.payout = m.thing AND p.account LIKE 'assets:bank:%'
                 AND p.amount_tiyn < 0
               WHERE m.kind = 'payment' GROUP BY l.id, m.thing, l.amount_tiyn
               HAVING count(p.id) <> 1 OR sum(p.amount_tiyn) <> l.amount_tiyn""",
    ),
    Invariant(
        name="reconciliation.suspense_is_unexplained",
        promise="suspense holds exactly the lines that nobody has explained",
        sql="""SELECT p.total, l.total FROM
                 (SELECT -coalesce(sum(amount_tiyn), 0) AS total FROM treasury_ledger_posting
                   WHERE account = 'liabilities:suspense') p,
                 (SELECT coalesce(sum(l.amount_tiyn), 0) AS total FROM treasury_reconciliation_statementline l
                   JOIN treasury_reconciliation_linematch m ON m.line_id = l.id AND m.kind = 'unmatched'
                   LEFT JOIN treasury_reconciliation_explainedline e ON e.line_id = l.id
                   WHERE e.line_id IS NULL) l
               WHERE p.total <> l.total""",
    ),
    Invariant(
        name="reconciliation.explained_is_booked",
        promise="a line explained as a settlement or a payment has one transfer of its sum in the books, as if matched",
        sql="""SELECT l.id, e.thing FROM treasury_reconciliation_explainedline e
               JOIN treasury_reconciliation_statementline l ON l.id = e.line_id
               LEFT JOIN treasury_ledger_posting p ON p.amount_tiyn < 0
                 AND ((e.kind = 'settlement' AND p.gift = e.thing AND p.account LIKE 'assets:gateway:%')
                   OR (e.kind = 'payment' AND p.payout = e.thing AND p.account = 'assets:bank:fund'))
               LEFT JOIN treasury_ledger_transfer t ON t.id = p.transfer_id AND t.kind IN ('settle', 'pay')
               WHERE e.kind IN ('settlement', 'payment')
               GROUP BY l.id, e.thing, e.kind, l.amount_tiyn, l.fee_tiyn
               HAVING count(t.id) <> 1 OR sum(p.amount_tiyn) FILTER (WHERE t.id IS NOT NULL)
                 <> CASE e.kind WHEN 'settlement' THEN -(l.amount_tiyn + l.fee_tiyn) ELSE l.amount_tiyn END""",
    ),
    Invariant(
        name="reconciliation.one_line_for_each",
        promise="a gift is settled, and a payout paid, by one line of the bank, whether matched or explained",
        sql="""SELECT kind, thing FROM (
                 SELECT kind, thing FROM treasury_reconciliation_linematch
                 UNION ALL SELECT kind, thing FROM treasury_reconciliation_explainedline) l
               WHERE kind IN ('settlement', 'payment') GROUP BY kind, thing HAVING count(*) > 1""",
    ),
    Invariant(
        name="reconciliation.cancelled_in_pairs",
        promise="a line that another one cancels has that other one, of the opposite sum",
        sql="""SELECT e.line_id FROM treasury_reconciliation_explainedline e
               JOIN treasury_reconciliation_statementline l ON l.id = e.line_id
               LEFT JOIN treasury_reconciliation_explainedline o
                 ON o.line_id = e.thing AND o.thing = e.line_id AND o.kind = 'cancelled'
               LEFT JOIN treasury_reconciliation_statementline c ON c.id = o.line_id
               WHERE e.kind = 'cancelled' AND (c.id IS NULL OR c.amount_tiyn <> -l.amount_tiyn)""",
    ),
    Invariant(
        name="reconciliation.explained_by_two",
        promise="every line that left suspense was explained by one person and agreed to by another",
        sql="""SELECT x.line_id FROM treasury_reconciliation_explainedline x
               JOIN treasury_reconciliation_explanation e ON e.id = x.explanation_id
               LEFT JOIN treasury_reconciliation_explanationanswer a ON a.explanation_id = e.id AND a.agree
               WHERE a.person IS NULL OR a.person = e.person""",
    ),
]
