"""How numbers and neurons are written and read."""
