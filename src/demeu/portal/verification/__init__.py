"""Review at a desk and a visit at home before anything is published. Words: review, visit, act.

Always true: curator and volunteer of a case are two people, both of its region; the act and its photo live in vault.
"""
