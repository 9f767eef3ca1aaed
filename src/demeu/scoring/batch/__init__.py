"""The whole country: files of facts in, scores and rejected rows out, on DuckDB or Spark. Stores nothing else."""
