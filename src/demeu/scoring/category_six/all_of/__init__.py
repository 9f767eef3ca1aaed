"""The reading `all_of` of the rule of category 6: its text, and its words beside it."""
