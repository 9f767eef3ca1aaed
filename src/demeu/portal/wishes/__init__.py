"""The wish list that forms itself from facts. Words: item, price list, limit.

Always true: an item comes from the price list and from a fact, its sum stays within the list's limits, and an item that
has received money is not changed.
"""
