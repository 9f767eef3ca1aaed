"""Giving each received tenge its item, by one published rule.

Words: an *allocation* is a part of a gift meant for one item; *released* money goes back to its gift and is allocated
anew. Always true: an item never gets more than it asks for; the same gifts and needs give the same allocation; each
allocation keeps why.
"""
