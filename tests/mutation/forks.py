"""Mutants that are tried without a new start: all is imported once, and each is a fork in which one function
has other code and the tests that run it come first."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import Mutant

SECONDS, MEMORY = 120, 4 * 2**30  # of processor time, and bytes: whoever takes more has been noticed
PATIENCE = 2  # seconds of the processor for a test that took none
WAITING = 30  # seconds by the clock: a mutant may wait for ever and take no processor at all
SURVIVED, NOTICED, OTHERWISE = 0, 1, 2  # the last: it is to be tried by a new start
MAP = Path("map.pickle")


def parts(code: CodeType) -> list[CodeType]:
    """Return the functions and classes inside a piece of code."""
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def bare(code: CodeType) -> tuple[object, ...]:
    """Return what a piece of code does itself, without what its parts do."""
    consts = [(type(one), one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, repr(consts), code.co_names, code.co_varnames


def swaps(old: CodeType, same: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]] | None:
    """Return functions’ code and what is to stand in its place, outermost first; None where more than
    functions has changed. `same` is old as it is written from its tree, with other line numbers."""
    if bare(same) != bare(new) and not old.co_flags & CO_OPTIMIZED:
        return None
    found = [(old, new)] if old.co_flags & CO_OPTIMIZED and same != new else []
    for three in zip(parts(old), parts(same), parts(new), strict=True):
        inside = swaps(*three) if three[1] != three[2] else []
        if inside is None:
            return None
        found += inside
    return found


def swaps_of(mutant: Mutant) -> list[tuple[CodeType, CodeType]] | None:
    """Return what is to be swapped to make a mutant of what has been imported, None where that cannot be."""
    path = str(mutant.path.resolve())
    texts = mutant.path.read_text(encoding="utf-8"), mutant.same, mutant.text
    return swaps(*(compile(text, path, "exec", dont_inherit=True) for text in texts))


def put_in(pairs: list[tuple[CodeType, CodeType]]) -> bool:
    """Give the functions that are alive their new code. Return whether there was one."""
    alive = [one for one in gc.get_objects() if type(one) is FunctionType]
    done = 0
    for old, new in pairs:
        for function in alive:
            code = function.__code__
            if code.co_firstlineno == old.co_firstlineno and code == old:
                function.__code__ = new
                done += 1
    return done > 0


def end_after(seconds: float) -> None:
    """Let this process end when it has taken so much of the processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]))


def forked(work: Callable[[], int]) -> int:
    """Do something in a process of its own that says nothing, and return how it ended."""
    child = os.fork()
    if child == 0:
        code = NOTICED
        try:
            end_after(SECONDS)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            code = work()
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else NOTICED


def forget() -> None:
    """Empty what functions remember, so that each test runs what it asks for."""
    for name, module in list(sys.modules.items()):
        if name.startswith("app."):
            for found in list(vars(module).values()):
                if callable(getattr(found, "cache_clear", None)):
                    found.cache_clear()


def failed(item: pytest.Item, seconds: float = SECONDS) -> bool:
    """Run one test and tell whether it fails; one that takes much longer than it should ends the process."""
    end_after(time.process_time() + PATIENCE + 10 * seconds)
    signal.alarm(int(WAITING + 30 * seconds))
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


@dataclass
class Trials:
    """A plugin of pytest that runs no test once, but those of each mutant in a fork."""

    waiting: list[Mutant]
    judged: Callable[[Mutant, int], bool]  # hears of each, and tells whether there is time for more

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out which test runs which line, then try one mutant after the other."""
        self.items = session.items
        if forked(self.measure) != SURVIVED:
            raise pytest.UsageError("Nothing is changed and a test fails")
        self.lines, self.seconds = pickle.loads(MAP.read_bytes())
        for mutant in self.waiting:
            if not self.judged(mutant, forked(lambda mutant=mutant: self.attempt(mutant))):
                break
        return True

    def measure(self) -> int:
        """Write down which tests run which lines of which file, and how long each takes."""
        tracer, seconds = coverage.Coverage(source=["app"], data_file=None, config_file=False), []
        tracer.start()
        for number, item in enumerate(self.items):
            tracer.switch_context(str(number))
            forget()
            begun = time.process_time()
            if failed(item):
                return NOTICED
            seconds.append(time.process_time() - begun)
        tracer.stop()
        data, lines = tracer.get_data(), defaultdict(set)
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                lines[file, line] = {int(one) for one in contexts if one}
        MAP.write_bytes(pickle.dumps((dict(lines), seconds)))
        return SURVIVED

    def attempt(self, mutant: Mutant) -> int:
        """Make the change, and run tests until one fails: those that run its lines, shortest first, then all
        others of its part."""
        pairs = swaps_of(mutant)
        try:
            if pairs is None or not put_in(pairs):
                return OTHERWISE
        except ValueError:  # it has other free variables
            return OTHERWISE
        path, part = str(mutant.path.resolve()), mutant.path.parts[1]
        running = set().union(*(self.lines.get((path, at), ()) for at in range(mutant.line, mutant.last + 1)))
        order = sorted(range(len(self.items)), key=lambda at: (at not in running, self.seconds[at]))
        for at in order:
            inside = self.items[at].path.relative_to(Path.cwd()).parts[1] == part
            if (at in running or inside) and failed(self.items[at], self.seconds[at]):
                return NOTICED
        return SURVIVED
