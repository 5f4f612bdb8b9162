"""Papers and plain words made from facts: pure."""
