"""A synthetic Kazakhstan for demonstrations, tests and load: invented families with published proportions.

No real person stands behind a row. Facts never hold an identity number; those stand in a file of their own.
"""
