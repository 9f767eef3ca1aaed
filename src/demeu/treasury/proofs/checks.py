"""What must always hold in the log's tables."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="proofs.no_gaps",
        promise="places are 0, 1, 2 … without gaps",
        sql="""SELECT count(*), max("index") FROM treasury_proofs_leafplace
               HAVING count(*) <> coalesce(max("index") + 1, 0)""",
    ),
    Invariant(
        name="proofs.placed_or_waiting",
        promise="every leaf either has a place or waits for one",
        sql="""SELECT l.id FROM treasury_proofs_leaf l LEFT JOIN treasury_proofs_leafplace p ON p.leaf_id = l.id
               LEFT JOIN treasury_proofs_leafwaiting w ON w.leaf_id = l.id
               WHERE (p.leaf_id IS NULL) = (w.leaf_id IS NULL)""",
    ),
    Invariant(
        name="proofs.head_covers_all",
        promise="the newest signed head covers every place",
        sql="""SELECT max(size), (SELECT count(*) FROM treasury_proofs_leafplace) FROM treasury_proofs_signedhead
               HAVING coalesce(max(size), 0) <> (SELECT count(*) FROM treasury_proofs_leafplace)""",
    ),
    Invariant(
        name="proofs.waiting_is_short",
        promise="no leaf waits for its place longer than a minute",
        sql="SELECT leaf_id, since FROM treasury_proofs_leafwaiting WHERE since < now() - interval '60 seconds'",
    ),
    Invariant(
        name="proofs.witnesses_agree",
        promise="no witness has seen another history of the log than ours",
        sql="SELECT name, size FROM treasury_proofs_witnessstate WHERE trouble = 'disagrees'",
    ),
]
