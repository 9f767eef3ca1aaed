"""Writing transfers in one call, and rolling up balances, inside PostgreSQL."""

from django.db import migrations

POST = """
CREATE FUNCTION treasury_ledger_post(
    ids uuid[], kinds text[], moment timestamptz, reasons text[], reversed uuid[], phases text[], holds uuid[],
    numbers int[], positions int[], accounts text[], amounts bigint[],
    gifts uuid[], cases uuid[], items uuid[], payouts uuid[]
) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE
    fresh uuid[];
    all_fresh boolean;
BEGIN
    WITH made AS (
        INSERT INTO treasury_ledger_transfer (id, kind, at, reason, reverses_id, phase, hold_id)
        SELECT t.id, t.kind, moment, t.reason::jsonb, t.reverses, t.phase, t.hold
          FROM unnest(ids, kinds, reasons, reversed, phases, holds) AS t(id, kind, reason, reverses, phase, hold)
         ORDER BY t.id
        ON CONFLICT (id) DO NOTHING RETURNING id
    ) SELECT array_agg(id) INTO fresh FROM made;
    IF fresh IS NULL THEN
        RETURN fresh;
    END IF;
    all_fresh := cardinality(fresh) = cardinality(ids);
    INSERT INTO treasury_ledger_posting
           (transfer_id, position, account, amount_tiyn, gift, "case", item, payout)
    SELECT ids[l.number], l.position, l.account, l.amount, l.gift, l.case_, l.item, l.payout
      FROM unnest(numbers, positions, accounts, amounts, gifts, cases, items, payouts)
           AS l(number, position, account, amount, gift, case_, item, payout)
     WHERE all_fresh OR ids[l.number] = ANY (fresh);
    RETURN fresh;
END $$
"""
ROLL_UP = """
ALTER TABLE treasury_ledger_rollup ADD COLUMN upto xid8 NOT NULL DEFAULT '0';
CREATE FUNCTION treasury_ledger_roll_up(accounts text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    here bigint := (SELECT system_identifier FROM pg_control_system());
    horizon xid8;
BEGIN
    PERFORM pg_advisory_xact_lock(7401003);
    horizon := pg_snapshot_xmin(pg_current_snapshot());
    DELETE FROM treasury_ledger_rollup WHERE cluster <> here;
    INSERT INTO treasury_ledger_rollup (account, cluster, amount_tiyn, rolled_at)
    SELECT a, here, 0, now() FROM unnest(accounts) AS a ON CONFLICT (account) DO NOTHING;
    UPDATE treasury_ledger_rollup r
       SET amount_tiyn = r.amount_tiyn + coalesce(
               (SELECT sum(p.amount_tiyn) FROM treasury_ledger_posting p
                 WHERE p.account = r.account AND p.xid >= r.upto AND p.xid < horizon), 0),
           upto = horizon, rolled_at = now()
     WHERE r.upto < horizon;
END $$
"""
DROP_POST = "DROP FUNCTION treasury_ledger_post"
DROP_ROLL_UP = """
DROP FUNCTION treasury_ledger_roll_up;
ALTER TABLE treasury_ledger_rollup DROP COLUMN upto
"""


class Migration(migrations.Migration):
    dependencies = [("treasury_ledger", "0004_holds_and_roll_up")]

    operations = [migrations.RunSQL(POST, DROP_POST), migrations.RunSQL(ROLL_UP, DROP_ROLL_UP)]
