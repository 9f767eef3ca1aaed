"""The public register of the algorithm: every rule, number, source, gap and change, for people and for machines.

Reads what is released and says it; decides nothing and changes nothing.
"""
