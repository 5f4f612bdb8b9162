"""Makes the facts of the demonstration city: pure and deterministic."""
