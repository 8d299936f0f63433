"""Whole runs once more, prepared for speed; the readable way is `app.engine.backprop` and `.descent`."""
