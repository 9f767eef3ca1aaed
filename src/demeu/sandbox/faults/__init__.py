"""Misbehaviour on demand: which register shall fail how, for whom and how often."""
