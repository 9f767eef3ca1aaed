"""Sealing of personal fields: authenticated encryption with a key per field, and blind indexes with keys of their own.

Words: *seal* and *open* one field of one record; a *blind* value finds an exact match without opening anything.
Always true: a ciphertext opens only for the record and the field that it was sealed for.
"""
