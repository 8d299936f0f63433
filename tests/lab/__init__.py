"""Tests of time: what a recipe may be, the order of events, the moves, and the numbers at every place."""
