"""Needs that may receive money, and the gifts that people give.

Words: a *need* is what a published case may receive, item by item; a *gift* is one payment of a donor for a target
with a fallback chosen at gift time. Always true: an item is never funded above its amount; a gift is received at most
once; nobody's name is here.
"""
