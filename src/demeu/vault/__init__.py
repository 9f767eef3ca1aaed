"""People and what is known about them. Nothing leaves without a purpose, a consent and an access record."""
