"""Tags of donors."""
