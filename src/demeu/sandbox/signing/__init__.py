"""Signing as the outside world does it: keys, certificates, CMS, XML-DSig, WSSE with GOST and RSA.

Pure: no database, clock or network. Built on gostcrypto, asn1crypto and lxml and shares no code with the
verifier in vault, so that a mistake in one is not repeated in the other.
"""
