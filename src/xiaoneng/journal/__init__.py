"""Event envelope, corrections, canonical bytes and the hash chain; knows no rule."""
