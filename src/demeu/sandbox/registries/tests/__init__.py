"""The population is consistent; the registers answer over the wire what the population holds."""
