"""The database transaction in which a row was written (PostgreSQL `xid8`).

It ties postings to the transaction of their transfer, and is what an exact roll-up of balances reads: a watermark by id
loses rows whose smaller ids commit later.
"""

from django.db import migrations

ADD = """
ALTER TABLE treasury_ledger_transfer ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE treasury_ledger_posting ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX ledger_posting_rollup ON treasury_ledger_posting (account, xid);
"""
DROP = """
ALTER TABLE treasury_ledger_posting DROP COLUMN xid;
ALTER TABLE treasury_ledger_transfer DROP COLUMN xid;
"""


class Migration(migrations.Migration):
    dependencies = [("treasury_ledger", "0001_initial")]

    operations = [migrations.RunSQL(ADD, DROP)]
