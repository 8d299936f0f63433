"""Tests of `app/page`."""
