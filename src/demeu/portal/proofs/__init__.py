"""Checking a receipt: a visitor gives its proof, the page says in plain words what holds and what does not.

It keeps nothing of what was given and never says more than the proof shows.
"""
