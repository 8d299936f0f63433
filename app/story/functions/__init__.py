"""All that is said of a registry entry, in one place: name, sentence, worked law, and lines for scripts."""
