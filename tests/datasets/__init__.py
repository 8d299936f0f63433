"""Tests of `app/datasets`."""
