"""People behind the references: names, numbers, contacts, each field sealed by itself.

Words: a *person* is known to other services by a random reference only; a *card* is what a page may show.
Always true: one IIN belongs to one person; nothing is sent to a changed phone before its code was checked.
"""
