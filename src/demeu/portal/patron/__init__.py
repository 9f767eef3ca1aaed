"""The donor's app: the installable site, own gifts over time, cases that are followed, proposals with their reason.

Words: a *patron* is a signed-in donor; a *taste* is what a donor chose to hear of (themes, regions, a budget).
Always true: proposals come from chosen tastes only; nothing is learned from what somebody looked at.
"""
