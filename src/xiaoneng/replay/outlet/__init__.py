"""Writing of logs and findings for other programs: XES, OCEL 2.0, CSV and Parquet."""
