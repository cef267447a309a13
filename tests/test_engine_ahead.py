import os
import threading
import time

import pytest

from deburn.redactor.engine_ahead import Ahead
from deburn.redactor.lock import Inherited


def square(number):
    if number < 0:
        os.abort()
    return number * number


def open_ahead(**more):
    return Ahead(square, **{"lost": None, "stretch": 4, "count": 2, "hold": Inherited([])} | more)


def test_gives_every_item_with_its_value_in_order():
    with open_ahead() as ahead:
        stretches = list(ahead.stretches(range(10)))
    assert stretches == [[(n, n * n) for n in range(begin, min(begin + 4, 10))] for begin in (0, 4, 8)]


def test_what_crashes_has_no_value_and_stops_nothing():
    with open_ahead() as ahead:
        assert [pair for stretch in ahead.stretches([1, -1, 3, 4, 5]) for pair in stretch] == [
            (1, 1),
            (-1, None),
            (3, 9),
            (4, 16),
            (5, 25),
        ]


def test_reads_no_further_ahead_than_two_stretches():
    taken = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield number

    with open_ahead() as ahead:
        stretches = ahead.stretches(items())
        next(stretches)
        time.sleep(1)
        assert len(taken) <= 4 * 4
        stretches.close()


def test_an_error_of_the_items_is_raised_where_they_are_awaited():
    def items():
        yield 1
        raise ValueError("no more")

    with open_ahead(stretch=1) as ahead:
        stretches = ahead.stretches(items())
        assert next(stretches) == [(1, 1)]
        with pytest.raises(ValueError, match="no more"):
            next(stretches)


def test_leaving_early_ends_everything():
    before = threading.active_count()
    with open_ahead() as ahead:
        next(ahead.stretches(range(100_000)))
    deadline = time.monotonic() + 10
    while threading.active_count() > before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
