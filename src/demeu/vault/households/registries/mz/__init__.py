"""ИС МЗ: attachment (РПН), dispensary record, and whether a severe diagnosis is confirmed, as yes or no.

Services `DEMEU_MZ_ATTACHMENT` (at once) and `DEMEU_MZ_DIAGNOSIS` (over AsyncChannel). Schemas ours: not confirmed with
the operator. Always true: no name or code of an illness ever comes out of here.
"""
