"""Tags of live pages."""
