"""Special social services given earlier, by the ministry's portal of social services (`DEMEU_SOCIAL_SERVICES`).

Schema ours: not confirmed with the operator.
"""
