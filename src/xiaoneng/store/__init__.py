"""What is kept: the database, the journal in it, and what is derived from it."""
