"""The kernel: facts, effective law, calendar and instant in; findings, clocks and wake-up out."""
