"""SMS gateways behind one port: the first that takes a message has it, the others stand in when it is away.

One folder a gateway. A gateway knows no people: a number and a text go in, its own id comes out.
"""
