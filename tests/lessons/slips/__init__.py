"""Tests of the slips, each made by hand."""
