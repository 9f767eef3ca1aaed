"""The public API, version 1: what the public pages show, for programs, and gifts made by them. Words: page, cursor.

Always true: it shows nothing that the public page of a case does not; every error is problem+json; a field that was
published is never taken away or given another meaning within version 1.
"""
