"""ИС МТСЗН: category by the ministry's scoring, disability, statuses (`DEMEU_MTSZN_SOCIAL`).

Schema ours: not confirmed with the operator.
"""
