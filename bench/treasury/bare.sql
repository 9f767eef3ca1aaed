-- The same two tables and the same call as a plain schema has them: keys, indexes, a foreign key, no promises.
CREATE TABLE bare_transfer (LIKE treasury_ledger_transfer INCLUDING DEFAULTS, PRIMARY KEY (id));
CREATE INDEX ON bare_transfer (at);
CREATE TABLE bare_posting (LIKE treasury_ledger_posting INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id));
ALTER TABLE bare_posting ADD FOREIGN KEY (transfer_id) REFERENCES bare_transfer (id);
CREATE UNIQUE INDEX ON bare_posting (transfer_id, position);
CREATE INDEX ON bare_posting (account, xid);
CREATE INDEX ON bare_posting (gift, account) WHERE gift IS NOT NULL;
CREATE INDEX ON bare_posting ("case", item) WHERE "case" IS NOT NULL;
CREATE INDEX ON bare_posting (payout) WHERE payout IS NOT NULL;
CREATE FUNCTION bare_post(of int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ids uuid[] := ARRAY(SELECT gen_random_uuid() FROM generate_series(1, of));
BEGIN
    INSERT INTO bare_transfer (id, kind, at, reason, phase)
    SELECT id, 'receive', now(), '{}', 'final' FROM unnest(ids) AS id;
    INSERT INTO bare_posting (transfer_id, position, account, amount_tiyn, gift)
    SELECT id, place, CASE place WHEN 0 THEN 'assets:gateway:halyk' ELSE 'funds:received' END,
           CASE place WHEN 0 THEN 100 ELSE -100 END, id
      FROM unnest(ids) AS id, generate_series(0, 1) AS place;
END $$;
-- Ours by the same program: all on one pair of accounts and one gift, or spread over many.
CREATE FUNCTION ours_hot() RETURNS void LANGUAGE sql AS $$
    SELECT treasury_ledger_post(ARRAY[gen_random_uuid()], '{receive}', now(), '{"{}"}', '{NULL}', '{final}', '{NULL}',
        '{1,1}', '{0,1}', '{assets:gateway:halyk,funds:received}', '{100,-100}',
        '{00000000-0000-4000-8000-000000000001,00000000-0000-4000-8000-000000000001}',
        '{NULL,NULL}', '{NULL,NULL}', '{NULL,NULL}')
$$;
CREATE FUNCTION ours_spread() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    debits text[] := '{assets:gateway:halyk,assets:gateway:kaspi,assets:gateway:freedom,assets:gateway:tiptop,assets:bank:fund,expenses:gateway_fees}';
    credits text[] := '{funds:received,funds:held,liabilities:suspense,liabilities:refunds}';
    gift uuid := gen_random_uuid();
BEGIN
    PERFORM treasury_ledger_post(ARRAY[gen_random_uuid()], '{receive}', now(), '{"{}"}', '{NULL}', '{final}', '{NULL}',
        '{1,1}', '{0,1}', ARRAY[debits[1 + floor(random() * 6)::int], credits[1 + floor(random() * 4)::int]],
        '{100,-100}', ARRAY[gift, gift], '{NULL,NULL}', '{NULL,NULL}', '{NULL,NULL}');
END $$;
