"""Receipts of gifts: a PDF that a person can keep and a proof that anybody can check. They name no donor."""
