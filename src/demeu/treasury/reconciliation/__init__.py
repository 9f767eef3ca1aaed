"""The bank's statements against our books: money is held or paid only when a statement line says so.

Words: a *line* is one booked entry without names (vault keeps the statement itself); a *match* is what it turned out to
be. Always true: a line is stored once and matched once; what nobody recognises stands in the suspense account with an
owner; one bad line stops nothing.
"""
