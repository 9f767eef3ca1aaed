"""Minfin's register of official incomes (`DEMEU_MINFIN_INCOME`). Schema ours: not confirmed with the operator."""
