"""A stand-in witness of transparency logs (C2SP tlog-witness): remembers the largest head of a log and cosigns growth.

It shares no code with the log that it watches: tree, notes and proofs are read here anew.
"""
