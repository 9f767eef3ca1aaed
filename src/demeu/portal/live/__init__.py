"""What changes while a page is open: notes of changes, told to open pages by server-sent events.

Words: a *topic* names what changed (a case by its number, a gift, one's own cabinet, a desk); a *feed* is the signed
list of topics that a page may hear. Always true: a note holds a topic and, for a case, its public sums; nothing else.
"""
