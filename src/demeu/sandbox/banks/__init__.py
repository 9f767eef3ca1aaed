"""A card gateway (Halyk ePay 2.0) and a bank (ISO 20022) for trying the platform without money.

Words: order (one invoice at the gateway), callback (the gateway's notice),
movement (one line of an account), fault (misbehaviour asked for).
Always true: the balances of all accounts sum to zero; a movement never changes; an invoice is paid at most once.
"""
