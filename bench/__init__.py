"""The benchmark: our speed beside that of the programs people use today. `python -m bench` prints one table."""
