"""Mobizon over HTTP. The words of its states and its error codes are not confirmed with the operator."""
