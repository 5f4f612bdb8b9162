"""Instruments, articles, citations, and what was in force when; knows no procedure."""
