"""A random walk of steps, backs, jumps and changes equals the same walk by arithmetic, to the last bit."""

from __future__ import annotations

from cachetools import LRUCache
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.lab.itinerary import PACES
from app.lab.lab import Lab
from app.lab.replay import Replay
from tests.lab.recipes import MemoryShelf, StraightRun, changes_for, fingerprint, recipes

TINY = 6000  # bytes: room for one to three starts of these networks
paces = st.sampled_from(PACES)


def forgetful(shelf: MemoryShelf) -> Replay:
    """Return a replay that forgets almost at once."""
    replay = Replay(shelf)
    replay.cache = LRUCache(TINY, getsizeof=replay.cache.getsizeof)
    return replay


class Walk(RuleBasedStateMachine):
    """Two workers with one shelf serve one lab; beside them its place is counted moment by moment."""

    @initialize(recipe=recipes())
    def open(self, recipe):
        self.lab, self.place, self.shelf = Lab(recipe), 0, MemoryShelf()
        self.run, self.seen = StraightRun(recipe), {}
        self.workers = [forgetful(self.shelf), Replay(self.shelf)]

    def rests(self, place: int, pace: str) -> bool:
        """Tell whether a walk of this pace comes to rest here: the next moment is of another neuron, layer or
        phase."""
        moments, alike = self.lab.moments, {"neuron": 3, "layer": 2, "phase": 1, "iteration": 0}[pace]
        position = place % len(moments)
        last = position == len(moments) - 1
        return last or moments[position][:alike] != moments[position + 1][:alike]

    @rule(pace=paces)
    def step(self, pace):
        self.lab = self.lab.step("next", pace)
        self.place += 1
        while not self.rests(self.place, pace):
            self.place += 1

    @precondition(lambda self: self.place > 0)
    @rule(pace=paces)
    def back(self, pace):
        self.lab = self.lab.back(pace)
        self.place -= 1
        while self.place > 0 and not self.rests(self.place, pace):
            self.place -= 1

    @rule(distance=st.integers(-60, 60))
    def jump(self, distance):
        self.place = max(0, self.place + distance)
        self.lab = self.lab.go(self.place)

    @rule(iteration=st.sampled_from((0, 1, 499, 500, 501, 640)), position=st.integers(0, 8))
    def leap(self, iteration, position):
        self.place = iteration * len(self.lab.moments) + position % len(self.lab.moments)
        self.lab = self.lab.go(self.place)

    @rule(data=st.data())
    def change(self, data):
        drawn = data.draw(changes_for(self.lab.recipe, st.just(0)))
        self.lab = self.lab.change(drawn.what, drawn.value)
        iteration = (self.place + 1) // len(
            self.lab.moments
        )  # from the place after the descent on: the next one
        self.run = self.run.changed(self.lab.recipe, iteration)

    @rule()
    def restart(self):
        self.workers = [forgetful(self.shelf), Replay(self.shelf)]

    @invariant()
    def the_place_is_the_one_counted(self):
        assert self.lab.place == self.place

    @invariant()
    def both_workers_show_the_same_numbers_as_ever_and_as_a_straight_run(self):
        first, second = (fingerprint(worker, self.lab) for worker in self.workers)
        assert first == second
        assert self.seen.setdefault((self.lab.recipe, self.place), first) == first
        begin, worker = self.run.start(self.lab.iteration), self.workers[1]
        assert worker.start(self.lab.recipe, self.lab.iteration).pack() == begin.pack()


Walk.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestARandomWalkEqualsTheSameWalkByArithmetic = Walk.TestCase
