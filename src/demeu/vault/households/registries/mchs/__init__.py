"""МЧС: notices of emergencies that come by themselves over AsyncChannel (`DEMEU_MCHS_EVENTS`).

Schema ours: not confirmed with the operator.
"""
