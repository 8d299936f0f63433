"""Tests of `app/analysis`."""
