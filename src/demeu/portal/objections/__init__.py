"""Objections to a look at one's data: made in one tap, answered by a person who did not look themselves.

Words: a *look* is one record of vault's access trail, known here by its number; an *objection* is about one look.
Always true: nobody answers for a look of their own; the words of an answer stand in vault, here only their reference.
"""
