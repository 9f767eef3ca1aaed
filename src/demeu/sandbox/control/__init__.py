"""The sandbox's own controls: new families, keys, faults, and the page where a key is picked.

Only for people who run the sandbox; nothing outside would ever find such addresses in the real world.
"""
