"""ИС МТС, Ministry of Tourism and Sport: self-restriction from gambling (`DEMEU_MTS_GAMBLING`).

Schema ours: not confirmed with the operator. Always true: it is asked for a review only, never for an assessment,
and it lowers nobody's category.
"""
