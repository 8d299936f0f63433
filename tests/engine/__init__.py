"""Tests of the engine: the maths, held against paper, against nudging and against independent formulas."""
