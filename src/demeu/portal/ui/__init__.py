"""The look and the frame of every page: base templates, components, ornament, words for refusals, language switch.

It knows no case, gift or person: pages of other apps hand it plain values. It never asks another service.
"""
