"""The same rules over columns: import and export of logs, compiled judging, rule trial."""
