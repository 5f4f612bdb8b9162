"""Cases of administrative licensing."""
