"""A thin client of ШЭП: SyncChannel v10 (one question, one answer), AsyncChannel v10 (a queue), the tokens of КДП.

Always true: only bytes that the answer's signature covers are read; an answer is for our question and its id is new.
"""
