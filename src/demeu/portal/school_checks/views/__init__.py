"""Pages of school checks: the pedagogue's desk, lists, and the figures for everybody."""
