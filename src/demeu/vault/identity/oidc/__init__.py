"""Signing in by OpenID Connect (Digital ID): code flow with PKCE against providers that the operator configures.

The browser only carries state and code; tokens never leave the vault, and nothing of them is kept.
"""
