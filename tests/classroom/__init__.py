"""Tests of rooms, rounds and what comes of votes."""
