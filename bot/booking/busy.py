"""When people are busy: stretches of time, asked about one at a time."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

Stretch = tuple[int, int]
"""From an instant to before another, in seconds since the epoch."""
Apart = tuple[list[int], list[int]]
"""Beginnings and ends of stretches, ascending."""
EVERYBODY = None


class Busy:
    """Who is busy when, by agent; a stretch of EVERYBODY counts for each."""

    def __init__(self, stretches: Iterable[Sequence[int | None]]) -> None:
        self._found: defaultdict[int | None, list[Stretch]] = defaultdict(list)
        for agent_id, begins, ends in stretches:
            assert begins is not None and ends is not None
            self._found[agent_id].append((begins, ends))
        self._apart: dict[int, Apart] = {}

    def leaves(self, agent_id: int, begins: int, ends: int) -> bool:
        """Whether the agent is free from `begins` to before `ends`."""
        return not _touches(self._of(agent_id), begins, ends)

    def free_starts(self, agent_id: int, starts: list[int], length: int) -> list[int]:
        """Of these starts, those from which the agent is free for `length` seconds."""
        stretches = self._of(agent_id)
        if not stretches[0]:
            return starts
        return [start for start in starts if not _touches(stretches, start, start + length)]

    def _of(self, agent_id: int) -> Apart:
        """When this agent is busy, sorted out the first time it is asked."""
        if agent_id not in self._apart:
            self._apart[agent_id] = _apart([*self._found.get(agent_id, ()), *self._found.get(EVERYBODY, ())])
        return self._apart[agent_id]


NOBODY_BUSY = Busy(())


def _apart(stretches: list[Stretch]) -> Apart:
    """The same time as beginnings and ends of stretches that follow each other without touching."""
    beginnings: list[int] = []
    ends: list[int] = []
    for begins, stops in sorted(stretches):
        if ends and begins <= ends[-1]:
            ends[-1] = max(ends[-1], stops)
        else:
            beginnings.append(begins)
            ends.append(stops)
    return beginnings, ends


def _touches(stretches: Apart, begins: int, ends: int) -> bool:
    rank = bisect_right(stretches[0], ends - 1)
    return rank > 0 and stretches[1][rank - 1] > begins
