"""Money out: payouts to suppliers with four eyes, and deliveries of what was paid.

Words: a *payout* pays one payee for items of one case; it is *reserved* when prepared and *paid* when the bank's
statement says so. Always true: approver, preparer and the case's curator are three people; only held money goes out;
what the bank rejects or returns is reversed leg by leg; treasury never learns who the payee is.
"""
