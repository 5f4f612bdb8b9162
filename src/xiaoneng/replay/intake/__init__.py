"""Reading of outside event logs into columns: XES, CSV, Parquet, OCEL 2.0 and our own journal."""
