"""What people allowed: which registries, for what purpose, until when; granted, refused, withdrawn, expired.

Words: a *consent* is asked of one person; *release* is what may be read under it now: consent ∩ purpose policy.
Always true: unknown means no; a withdrawn or expired consent releases nothing, at once.
"""
