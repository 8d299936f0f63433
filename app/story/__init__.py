"""The story: every word a person reads that is not in a template."""
