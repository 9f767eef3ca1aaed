"""The transparency log: every step of money is a leaf of a Merkle tree that anybody can check without us.

Format: C2SP tlog-tiles with signed-note checkpoints (Ed25519), from the first leaf. A leaf holds a kind, a time and a
salted commitment, never a fact in clear. Always true: a leaf that has an index keeps it; files are written from the
database, never the other way round; the checkpoint is written last.
"""
