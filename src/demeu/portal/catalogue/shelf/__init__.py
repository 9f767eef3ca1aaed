"""The shelf: a narrow copy of every public case, by which it is found and counted at once.

Always true: the shelf follows the tables within a minute and says when it did; what is counted is what is found.
"""
