"""Blame Game: step through one training iteration of a neural network and see who gets the blame."""
