"""Tests of the lessons: questions, work, sheets to print."""
