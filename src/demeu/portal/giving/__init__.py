"""Giving: a sum and a target, the gateway's own page, where each tenge stands, the receipt. A guest may give.

Always true: card numbers never come here; a gift's id is made before treasury hears of it and stays its key for ever.
"""
