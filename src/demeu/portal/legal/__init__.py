"""Versioned legal texts and who accepted which version. Words: kind, version, acceptance.

Always true: a published version is never edited; an acceptance names its version and is neither changed nor deleted.
"""
