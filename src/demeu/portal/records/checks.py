"""What must always hold of records."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="records.carried",
        promise="no decision or state of a case waits for the log longer than ten minutes",
        sql="SELECT id, kind FROM portal_records_record WHERE index IS NULL AND at < now() - interval '10 minutes'",
    ),
]
