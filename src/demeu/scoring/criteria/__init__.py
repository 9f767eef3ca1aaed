"""The criteria, one folder each, all alike: `criterion.py` and `words.yaml`. A rule set says which of them count."""
