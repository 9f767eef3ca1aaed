"""НОБД, the national education database (`DEMEU_NOBD_EDUCATION`). Schema ours: not confirmed with the operator."""
