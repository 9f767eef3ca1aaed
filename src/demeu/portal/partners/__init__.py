"""Programs of partners: their keys to the public API and how often each may ask. Words: team, key, scope, window.

Always true: a key is kept as a hash only and is shown once; a test key makes gifts where no money is real, and nowhere
else.
"""
