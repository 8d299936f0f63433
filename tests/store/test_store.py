"""One contract, every store."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.store.labs import NewerSchema
from app.store.schema import SCHEMA
from app.store.store import DAY, HOUR, Store
from tests.store.sweeping import sweep_at

RECIPE = '{"seed":1}'
ROOT = Path(__file__).parents[2]


def run(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def at_once(*calls: Callable[[], object]) -> list:
    barrier = threading.Barrier(len(calls))

    def call(function: Callable[[], object]) -> object:
        barrier.wait()
        return function()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call, function) for function in calls]]


def test_a_new_lab_comes_back_as_it_was_put_in(store: Store) -> None:
    before = time.time()
    lab = store.labs.add(owner="ada", recipe='{"name":"Zoë ∂C/∂w \\u0000"}', place=7)
    assert store.labs.get(lab.id) == lab
    assert (lab.owner, lab.place, lab.version, lab.schema) == ("ada", 7, 1, SCHEMA)
    assert before <= lab.touched <= time.time()


def test_every_lab_has_an_id_of_its_own_that_fits_in_a_link(store: Store) -> None:
    ids = {store.labs.add(owner="ada", recipe=RECIPE).id for _ in range(50)}
    assert len(ids) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{12}", id) for id in ids)


def test_an_id_that_differs_in_one_letter_or_its_case_is_nobodys(store: Store) -> None:
    id = store.labs.add(owner="ada", recipe=RECIPE).id
    for other in (id.swapcase(), id[:-1], id + "A", f" {id}", f"{id}\n", "%", "_" * 12, "' OR 1=1 --"):
        assert store.labs.get(other) is None or other == id


def test_no_id_however_odd_raises(store: Store) -> None:
    for id in ("", "\0", "abc\0def", "\ud800", "🙈", "é", "\n", "../../etc", "x" * 64, "x" * 5_000_000):
        assert store.labs.get(id) is None


def test_a_move_changes_the_place_and_counts_the_version(store: Store) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    moved = store.labs.move(lab, place=12)
    assert moved == store.labs.get(lab.id)
    assert (moved.place, moved.version, moved.recipe, moved.owner) == (12, 2, RECIPE, "ada")
    assert moved.touched >= lab.touched


def test_a_move_can_change_the_recipe_with_the_place(store: Store) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    moved = store.labs.move(lab, place=3, recipe='{"seed":2}')
    assert moved == store.labs.get(lab.id)
    assert (moved.place, moved.recipe, moved.schema) == (3, '{"seed":2}', SCHEMA)


def test_a_move_leaves_every_other_lab_alone(store: Store) -> None:
    lab, other = store.labs.add(owner="ada", recipe=RECIPE), store.labs.add(owner="ada", recipe=RECIPE)
    store.labs.move(lab, place=1)
    assert store.labs.get(other.id) == other


def test_a_move_of_a_lab_that_is_gone_is_refused(store: Store) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    sweep_at(store, lab.touched + 2 * DAY, keep_days=1)
    assert store.labs.move(lab, place=1) is None


def test_two_moves_from_the_same_version_let_one_win(store: Store) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    first, second = store.labs.move(lab, place=1), store.labs.move(lab, place=2, recipe='{"seed":3}')
    assert second is None
    assert store.labs.get(lab.id) == first


def test_of_many_threads_that_move_the_same_version_one_wins(store: Store) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    for _ in range(20):
        results = at_once(*[partial(store.labs.move, lab, place=place) for place in range(1, 9)])
        (winner,) = [result for result in results if result]
        assert store.labs.get(lab.id) == winner
        lab = winner


def test_no_step_is_lost_when_many_threads_try_until_they_succeed(store: Store) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)

    def ten_steps() -> None:
        done = 0
        while done < 10:
            here = store.labs.get(lab.id)
            done += store.labs.move(here, place=here.place + 1) is not None

    at_once(*[ten_steps] * 6)
    after = store.labs.get(lab.id)
    assert (after.place, after.version) == (60, 61)


def test_several_programs_can_open_a_new_database_at_once(url: str) -> None:
    stores = at_once(*[lambda: Store(url)] * 8)
    lab = stores[0].labs.add(owner="ada", recipe=RECIPE)
    assert all(store.labs.get(lab.id) == lab for store in stores)
    for store in stores:
        store.close()


def test_a_lab_outlives_the_program(url: str) -> None:
    first = Store(url)
    lab = first.labs.add(owner="ada", recipe=RECIPE, place=5)
    first.close()
    second = Store(url)
    assert second.labs.get(lab.id) == lab
    second.close()


def test_a_kill_loses_no_move_that_was_acknowledged(url: str) -> None:
    program = (
        "import sys; from app.store.store import Store\n"
        "store = Store(sys.argv[1]); lab = store.labs.add(owner='ada', recipe='{}')\n"
        "while lab := store.labs.move(lab, place=lab.place + 1): print(f'{lab.id} {lab.place}.', flush=True)"
    )
    command = [sys.executable, "-c", program, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        told = [process.stdout.readline() for _ in range(100)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    id, place = [line for line in told if "." in line][-1].split(".")[0].split()
    store = Store(url)
    assert store.labs.get(id).place in (
        int(place),
        int(place) + 1,
    )  # the last move may be stored and not yet told
    store.close()


def test_a_sweep_takes_the_labs_nobody_moved_for_too_long(store: Store) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    assert sweep_at(store, lab.touched + 29.9 * DAY) == 0
    assert store.labs.get(lab.id) == lab
    assert sweep_at(store, lab.touched + 30.1 * DAY) == 1
    assert store.labs.get(lab.id) is None


def test_a_move_keeps_a_lab_from_the_sweep(store: Store, url: str) -> None:
    lab, idle = store.labs.add(owner="ada", recipe=RECIPE), store.labs.add(owner="ada", recipe=RECIPE)
    run(url, f"UPDATE labs SET touched = touched - {40 * DAY}")
    store.labs.move(lab, place=1)
    assert sweep_at(store, time.time() + 2 * HOUR) == 1
    assert store.labs.get(idle.id) is None
    assert store.labs.get(lab.id).place == 1


def test_a_lab_from_a_newer_program_is_refused_in_a_sentence(store: Store, url: str) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    run(url, f"UPDATE labs SET schema = {SCHEMA + 1}")
    with pytest.raises(NewerSchema, match=rf"newer Blame Game \(schema {SCHEMA + 1}, .* update the program"):
        store.labs.get(lab.id)
