"""The `demeu` command: one module per subcommand. It starts, asks and shows; it decides nothing."""
