"""Public cases: what may be shown, how it is found, where the money is. Words: guard, release, crowd, figure, trail.

Always true: nothing is published past the guard; what was ever released about a case fits at least eleven people; the
pages serve without vault and treasury.
"""
