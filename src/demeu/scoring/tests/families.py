"""The example families, for tests."""

from demeu.scoring.examples import Example, baseline, examples, family

__all__ = ["Example", "baseline", "examples", "family"]
