"""What a replay remembers: its cache, and the shelf from which a cold worker answers."""

from __future__ import annotations

import pytest
from cachetools import LRUCache

from app.engine.optimisers import OPTIMISERS
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import CHECKPOINT_EVERY, KEEP_EVERY, Replay
from app.lab.training import unpack
from tests.lab.recipes import MemoryShelf, StraightRun, fingerprint

SMALL = Recipe(data="and", hidden=(3,))  # 2-3-1: eleven moments


def test_remembered_dials_cannot_be_written_to():
    replay = Replay()
    replay.numbers(Lab(SMALL, 22))
    for place in (0, 11, 22):
        with pytest.raises(ValueError, match="read-only"):
            replay.numbers(Lab(SMALL, place)).parameters.w[1][0, 0] = 1.0


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_a_start_packed_and_unpacked_is_the_same_start(optimiser):
    recipe = Recipe(hidden=(3, 2), optimiser=optimiser)
    start = Replay().start(recipe, 5)
    again = unpack(recipe, start.pack())
    assert again.pack() == start.pack()
    assert len(again.memory) == OPTIMISERS[optimiser].remembers
    assert [block.shape for block in again.parameters.blocks()] == [
        b.shape for b in start.parameters.blocks()
    ]


def test_a_walk_forward_replays_every_iteration_once_and_a_walk_back_none():
    replay = Replay()
    for place in range(11 * 40):
        replay.numbers(Lab(SMALL, place))
    assert replay.replayed == 40  # one for every descent
    for place in range(11 * 40 - 1, 0, -1):
        replay.numbers(Lab(SMALL, place))
    assert replay.replayed == 40


def test_a_walk_back_after_a_long_run_replays_at_most_nine_iterations_a_step():
    replay = Replay()
    replay.numbers(Lab(SMALL, 11 * 480))
    for iteration in range(479, 0, -1):
        before = replay.replayed
        replay.numbers(Lab(SMALL, 11 * iteration + 5))
        assert replay.replayed - before < KEEP_EVERY == 10


def test_a_cache_too_small_for_two_starts_changes_no_number():
    small = Replay()
    small.cache = LRUCache(2500, getsizeof=small.cache.getsizeof)
    for place in (330, 30, 331, 0, 332, 319):
        assert fingerprint(small, Lab(SMALL, place)) == fingerprint(Replay(), Lab(SMALL, place))
        assert len(small.cache) <= 1


@pytest.mark.walk
@pytest.mark.parametrize("optimiser", ["descent", "adam"])
def test_a_cold_worker_answers_any_place_visited_before_from_the_shelf_in_at_most_500_iterations(optimiser):
    recipe = Recipe(hidden=(), optimiser=optimiser)  # the smallest network: five moments
    run, shelf = StraightRun(recipe), MemoryShelf()
    last = Lab(recipe).last_place
    Replay(shelf).numbers(Lab(recipe, last))
    for iteration in (0, 1, 499, 500, 501, 999, 1000, 7777, 12_345, 19_500, 19_999):
        cold = Replay(shelf)
        assert cold.start(recipe, iteration).pack() == run.start(iteration).pack()
        assert cold.replayed <= CHECKPOINT_EVERY == 500
        assert cold.replayed == iteration % 500


def test_changes_before_a_checkpoint_have_checkpoints_of_their_own():
    shelf = MemoryShelf()
    plain = Lab(SMALL, 11 * 1200)
    changed = plain.go(11 * 700).change("eta", 0.9).go(11 * 1200)
    for lab in (plain, changed):
        Replay(shelf).numbers(lab)
    assert len(shelf.kept) == 3  # 500 for both, 1000 twice
    for lab in (plain, changed):
        cold = Replay(shelf)
        assert fingerprint(cold, lab) == fingerprint(Replay(), lab)
        assert cold.replayed == 200


def test_a_lost_shelf_costs_time_and_nothing_else():
    shelf, lab = MemoryShelf(), Lab(SMALL, 11 * 1001)
    before = fingerprint(Replay(shelf), lab)
    del shelf.kept[SMALL.key(), 1000]
    cold = Replay(shelf)
    assert fingerprint(cold, lab) == before
    assert cold.replayed == 501
    shelf.kept.clear()
    assert fingerprint(Replay(shelf), lab) == before


def test_a_start_belongs_to_its_own_recipe():
    shelf = MemoryShelf()
    replay = Replay(shelf)
    labs = [Lab(Recipe(hidden=(3,), seed=seed, eta=eta), 11 * 501) for seed in (0, 1) for eta in (0.1, 0.2)]
    found = [fingerprint(replay, lab) for lab in labs]
    assert len({bits[-1] for bits in found}) == 4
    assert found == [fingerprint(Replay(shelf), lab) for lab in labs]
    assert len(shelf.kept) == 4


def test_before_the_first_checkpoint_nothing_is_put_on_the_shelf():
    shelf = MemoryShelf()
    Replay(shelf).numbers(Lab(SMALL, 11 * 499 + 9))
    assert shelf.kept == {}
    Replay(shelf).numbers(Lab(SMALL, 11 * 499 + 10))  # the descent, which ends at the start of the next
    assert list(shelf.kept) == [(SMALL.key(), 500)]


def test_a_start_that_is_known_from_later_on_is_not_begun_at():
    run, replay = StraightRun(SMALL), Replay()
    for later in (500, 510):
        replay.keep(SMALL, later, run.start(later))
        assert replay.start(SMALL, later - 5).pack() == run.start(later - 5).pack()
        replay.cache.clear()
