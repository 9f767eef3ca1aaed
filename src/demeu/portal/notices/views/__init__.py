"""Pages of notices, one module each: the person's own, the public ones, the desk of authors."""
