"""Who is signed in and what they may do. Words: account, role grant, invitation, actor.

Always true: a session holds a person's opaque reference and nothing else about them; no person holds two roles that
exclude each other; an invitation is used once. How identity is proved is vault's business.
"""
