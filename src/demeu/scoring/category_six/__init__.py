"""The rule above the levels, one folder for each reading of it; the rule set names the reading it takes."""
