"""An SMS gateway (Mobizon) and the telephones that its messages reach.

Words: phone (a number with its conversation), message (one SMS, in to the phone or out from it),
reply (an SMS its owner writes).
Always true: a message never changes; a reply is told to the platform until it is taken.
"""
