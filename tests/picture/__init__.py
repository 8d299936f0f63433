"""Tests of the picture: curves, lines and marks."""
