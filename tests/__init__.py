"""The tests. They mirror app/, and their names are promises."""
