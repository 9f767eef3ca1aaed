"""МВД: incidents that left a home or people without shelter, as notices over AsyncChannel (`DEMEU_MVD_INCIDENTS`).

Schema ours: not confirmed with the operator.
"""
