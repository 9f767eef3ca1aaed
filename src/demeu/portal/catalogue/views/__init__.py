"""Public pages and the curator's publication page, one module each."""
