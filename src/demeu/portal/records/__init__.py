"""Decisions and states of cases in the transparency log: a salted commitment goes there, its opening stays here.

Always true: a record is written in the transaction of what it records; facts hold codes and numbers, never a person;
without its salt a commitment says nothing, and the salt can be erased.
"""
