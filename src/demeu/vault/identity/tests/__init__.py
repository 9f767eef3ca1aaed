"""Tests of identity; `authority` makes certificates and signatures for the tests of other apps of the vault too."""
