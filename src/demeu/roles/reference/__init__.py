"""The pages of `docs/reference/`, made from the code: settings, refusals, operations, events.

A test of the house compares the committed pages with what these functions make. Nothing here is loaded by a role.
"""
