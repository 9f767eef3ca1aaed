"""Gateways that take donors' money: one folder each, all with the shape of `ports.Gateway`.

Words: an *order* is our number at a gateway for one gift; a *callback* is what a gateway sends by itself. Always true:
a callback is stored before anything else; no callback moves money, only the gateway's own answer when asked does.
"""
