"""Tests of the story: worked steps redone by hand, words, tables and both voices."""
