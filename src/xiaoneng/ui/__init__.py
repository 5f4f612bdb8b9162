"""Shared page parts: charts, words, formats; decides nothing."""
