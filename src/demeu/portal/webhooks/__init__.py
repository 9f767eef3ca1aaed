"""News to programs of partners, by Standard Webhooks. Words: endpoint, message, delivery, attempt, series.

Always true: a message holds what is public, or a team's own gift, never a person; it is sent at least once under one
id; nothing is ever sent to an address inside our own network.
"""
