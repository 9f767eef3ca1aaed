"""Scoring: no database, no network, no names."""

from demeu.roles.settings import base

globals().update(base.build("scoring", apps=[], store=False))
