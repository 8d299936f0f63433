"""Tests of `app/story/functions`."""
