"""Who looked at whose data: every read of restricted fields, kept for ever and chained.

Words: a *record* is one reading; a *link* chains it to all before it; a *head* is the chain's last hash, announced.
Always true: records are only added; each link's hash covers the link before it and the record's exact words.
"""
