"""Days that know their kind, calendars, and clock arithmetic; knows no case."""
