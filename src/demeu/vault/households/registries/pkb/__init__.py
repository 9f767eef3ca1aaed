"""ПКБ, the First Credit Bureau (`DEMEU_PKB_CREDIT`). Schema ours: not confirmed with the operator."""
