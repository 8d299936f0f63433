"""Figures, not tests: how fast, how small and how steady the program is. `python -m tests.benchmarks`, or
`make bench`."""
