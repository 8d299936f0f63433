"""Tests of `app/notation`."""
