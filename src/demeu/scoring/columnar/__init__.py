"""The criteria on columns: the same text as for one household, as one Ibis expression for DuckDB and Spark alike."""
