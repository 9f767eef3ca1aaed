"""A thin client of ШЭП SyncChannel v10: one signed question, one signed answer; and the consent token of КДП.

Always true: only bytes that the answer's signature covers are read; an answer is for our question and its id is new.
"""
