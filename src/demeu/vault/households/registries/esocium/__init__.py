"""Е-Социум, the register of recipients of state support (`DEMEU_ESOCIUM_RECIPIENTS`).

Schema ours: not confirmed with the operator.
"""
