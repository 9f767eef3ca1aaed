"""The publication guard by counts: who hides a family, and what two people together may show all the same."""
