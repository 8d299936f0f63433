"""Time: which choices were made, where we stand, and the numbers up to there and no further."""
