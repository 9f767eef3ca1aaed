"""ЦКС, the Digital Family Card (`DEMEU_CKS_FAMILY`). Schema ours: not confirmed with the operator."""
