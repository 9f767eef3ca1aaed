"""Who a person is and what a person signed: sign-in and document signatures with a Kazakhstan electronic signature.

Words: an *attempt* is one short-lived challenge; a *signature* is the exact text signed, with its CMS, kept for ever.
Always true: a nonce is used once; a sign-in signature never serves as a document signature nor the other way round.
"""
