"""The ``demeu`` command."""

from demeu.cli.app import main

if __name__ == "__main__":
    main()
