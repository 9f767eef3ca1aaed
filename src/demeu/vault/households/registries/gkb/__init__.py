"""ГКБ, the State Credit Bureau (`DEMEU_GKB_CREDIT`). Schema ours: not confirmed with the operator."""
