"""Statistics and open reports, served from kept tables of sums.

Cells that count fewer than eleven families are hidden, and others with them until none can be calculated back.
"""
