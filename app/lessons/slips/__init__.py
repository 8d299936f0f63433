"""Slips: the usual wrong ways of working a quantity out, each with the values it leads to."""
