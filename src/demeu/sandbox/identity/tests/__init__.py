"""The authority, the keys, and NCALayer over its real socket."""
