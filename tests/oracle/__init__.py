"""A slow second reading of docs/developer/semantics.md; shares no code with timing or supervise."""
