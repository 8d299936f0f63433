"""Lessons: questions about the next moment, exercises to work out, sheets to print, and what leads on."""
