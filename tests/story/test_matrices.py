"""What is said of pasted matrices: how they were read, the order of arrays only where it is in question."""

from __future__ import annotations

from app.lab.matrices import Way
from app.story.matrices import way_told


def test_a_way_says_what_is_in_question_and_no_more() -> None:
    turns, after = Way("rows", "", "turns"), Way("rows", "", "after")
    row = "In your matrices each row is a neuron, as in PyTorch and most textbooks"
    assert way_told(turns, [turns]) == f"{row}."
    assert way_told(turns, [turns, after]) == f"{row}; weights and biases take turns."
    assert way_told(after, [turns, after]) == f"{row}; all biases come after all weights."
    assert way_told(Way("rows", "first"), [turns]) == f"{row}; its bias stands first."
