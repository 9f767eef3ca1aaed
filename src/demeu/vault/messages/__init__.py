"""Telling people things: by template, in their language, on their phone; replies to what was asked; one-time codes.

Words: a *message* goes out once per dedupe key; it may *await* a reply; a *code* is six digits read out by its owner.
Always true: only this app sends to a phone; a code is kept as a keyed hash and works at most once.
"""
