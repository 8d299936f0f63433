"""The picture: where things are and how strongly they show. No colours (CSS) and no words (the story)."""
