"""Tests of `app/story/formulas`."""
