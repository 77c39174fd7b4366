"""The best assignment of some things to others, as a whole: as many as can be, at the least cost.

Costs are sparse: what may not go together has none. Things fall into groups that share candidates;
each group is solved exactly by shortest augmenting paths (Jonker and Volgenant 1987, over sparse
rows), a group too large for that by taking the cheapest free pair again and again.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping

from backstop.work import watched

Costs = Mapping[tuple[int, int], int]
"""The cost of each allowed pair, by its places on both sides; never negative."""

MOST_EXACT = 400
"""Things on one side of a group that is solved exactly."""


def assigned(costs: Costs) -> dict[int, int]:
    """For each thing on the left that gets one, the thing on the right."""
    found: dict[int, int] = {}
    for group in watched(_groups(costs), every=16):
        lefts = {left for left, _ in group}
        solve = _exact if len(lefts) <= MOST_EXACT else _greedy
        found.update(solve(group))
    return found


def _groups(costs: Costs) -> list[dict[tuple[int, int], int]]:
    """The pairs, apart by what hangs together."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in costs:
        parent[root(("left", left))] = root(("right", right))
    groups: dict[tuple[str, int], dict[tuple[int, int], int]] = defaultdict(dict)
    for (left, right), cost in costs.items():
        groups[root(("left", left))][left, right] = cost
    return list(groups.values())


def _greedy(costs: Costs) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (left, right), _ in sorted(costs.items(), key=lambda each: (each[1], each[0])):
        if left not in found and right not in taken:
            found[left] = right
            taken.add(right)
    return found


def _exact(costs: Costs) -> dict[int, int]:
    """One left thing after the other finds its cheapest augmenting path; one that finds none stays
    free, or frees a dearer one (going without costs more than any pair)."""
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (left, right), cost in costs.items():
        rows[left].append((right, cost))
    without = 1 + sum(max(cost for _, cost in row) for row in rows.values())
    for left, row in rows.items():
        row.append((-left - 1, without))  # a place of its own: to go without
    return {left: right for left, right in _matched(rows).items() if right >= 0}


def _matched(rows: Mapping[int, list[tuple[int, int]]]) -> dict[int, int]:
    mate: dict[int, int] = {}
    owner: dict[int, int] = {}
    height: dict[int, int] = defaultdict(int)  # of the right side
    for start in sorted(rows):
        best, via, far, end = _search(start, rows, owner, height)
        for right, distance in best.items():
            if distance < far:
                height[right] += distance - far
        while True:
            left = via[end]
            owner[end] = left
            previous = mate.get(left)
            mate[left] = end
            if left == start or previous is None:
                break
            end = previous
    return mate


def _search(
    start: int,
    rows: Mapping[int, list[tuple[int, int]]],
    owner: Mapping[int, int],
    height: Mapping[int, int],
) -> tuple[dict[int, int], dict[int, int], int, int]:
    """Dijkstra over reduced costs: settled distances, where each came from, the end and its own."""
    reached: dict[int, int] = {}
    best: dict[int, int] = {}
    via: dict[int, int] = {}
    queue: list[tuple[int, int]] = []
    left, so_far, offset = start, 0, 0
    while True:
        for right, cost in rows[left]:
            distance = so_far + cost - height[right] - offset
            if right not in best and distance < reached.get(right, distance + 1):
                reached[right], via[right] = distance, left
                heapq.heappush(queue, (distance, right))
        while True:
            so_far, right = heapq.heappop(queue)
            if right not in best:
                break
        best[right] = so_far
        if right not in owner:
            return best, via, so_far, right
        left = owner[right]
        held = next(cost for place, cost in rows[left] if place == right)
        offset = held - height[right]
