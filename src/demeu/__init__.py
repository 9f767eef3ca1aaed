"""Demeu: help that can be followed from a gift to a doorstep. Runs as five roles; see ARCHITECTURE.md."""
