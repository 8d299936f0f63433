"""A class on one container: rooms, who is in them, and the rounds in which a class is asked."""
