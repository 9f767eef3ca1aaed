"""ЦКС, the Digital Family Card, with the ministry's social statuses (`DEMEU_CKS_FAMILY`, `DEMEU_MTSZN_SOCIAL`).

Schemas are ours: not confirmed with the operator.
"""
