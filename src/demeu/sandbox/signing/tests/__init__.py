"""Signatures made and checked by the sandbox, judged by public samples of the national test authority."""
