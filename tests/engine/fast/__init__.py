"""Tests of `app/engine/fast`."""
