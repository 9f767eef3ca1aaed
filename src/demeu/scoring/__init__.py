"""The rules: facts of a household in, category and reasons out. It stores nothing and reaches no network."""
