"""State registers of a country that does not exist, spoken to over ШЭП SyncChannel.

All registers answer from one population, so that two of them never disagree unless a fault asks them to.
"""
