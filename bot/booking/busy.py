"""When people are busy: stretches of time, asked about one at a time."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

Stretch = tuple[int, int]
"""From an instant to before another, in seconds since the epoch."""
EVERYBODY = None


class Busy:
    """Who is busy when, by agent; a stretch of EVERYBODY counts for each."""

    def __init__(self, stretches: Iterable[Sequence[int | None]]) -> None:
        by_agent: defaultdict[int | None, list[Stretch]] = defaultdict(list)
        for agent_id, begins, ends in stretches:
            assert begins is not None and ends is not None
            by_agent[agent_id].append((begins, ends))
        self._by_agent = {agent_id: _apart(found) for agent_id, found in by_agent.items()}

    def leaves(self, agent_id: int, begins: int, ends: int) -> bool:
        """Whether the agent is free from `begins` to before `ends`."""
        return not any(_touches(self._by_agent.get(who), begins, ends) for who in (agent_id, EVERYBODY))


def _apart(stretches: list[Stretch]) -> tuple[list[int], list[int]]:
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


def _touches(stretches: tuple[list[int], list[int]] | None, begins: int, ends: int) -> bool:
    if stretches is None:
        return False
    rank = bisect_right(stretches[0], ends - 1)
    return rank > 0 and stretches[1][rank - 1] > begins
