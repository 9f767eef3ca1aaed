"""Households: what the state registries say of a family, frozen with source and time, and the verdict made from it.

Words: a *gathering* asks every consented registry once; a *fact* is one frozen statement; a *picture* is what the facts
say together; an *assessment* keeps verdict, facts and rule set side by side.
Always true: nothing is asked without a granted consent; facts are only added; a silent registry never means a refusal.
"""
