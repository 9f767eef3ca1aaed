"""The page where the ministry's people see, propose and approve which registry may be seen for what.

Always true: it decides nothing itself; vault and its database refuse a wider policy that two people did not make.
"""
