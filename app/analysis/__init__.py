"""What can be asked of a moment or of a run."""
