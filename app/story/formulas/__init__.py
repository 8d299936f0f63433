"""Worked steps: formulas that are printed with names, with numbers, and as a result."""
