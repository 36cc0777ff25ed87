"""Joining articles into stories from the strength of pairs."""

from collections.abc import Mapping, Sequence


def clusters(
    keys: Sequence[int], strength: Mapping[tuple[int, int], float], fixed: Mapping[int, int], least: float
) -> list[tuple[int, ...]]:
    """Join keys whose mean strength over all pairs between them is at least `least`, the strongest pairs first.

    Pairs without a strength count as 0, so one odd link cannot pull two stories together (average linkage,
    Sokal and Michener 1958, in one greedy sweep repeated until nothing changes).

    Args:
        keys: What to join.
        strength: Strength of pairs, lower key first.
        fixed: Keys that were put into a cluster by hand; different clusters are never joined.
        least: The least mean strength.
    """
    members = {key: {key} for key in keys}
    for cluster in _by_hand(keys, fixed):
        _join(members, cluster)
    edges = sorted(strength.items(), key=lambda edge: (-edge[1], edge[0]))
    changed = True
    while changed:
        changed = False
        for (one, other), value in edges:
            a, b = members[one], members[other]
            if a is b or value < least or len(_stories(a | b, fixed)) > 1:
                continue
            if _between(a, b, strength) >= least * len(a) * len(b):
                _join(members, a | b)
                changed = True
    distinct = {id(cluster): tuple(sorted(cluster)) for cluster in members.values()}
    return sorted(distinct.values())


def _by_hand(keys: Sequence[int], fixed: Mapping[int, int]) -> list[set[int]]:
    by_story: dict[int, set[int]] = {}
    for key in keys:
        if key in fixed:
            by_story.setdefault(fixed[key], set()).add(key)
    return list(by_story.values())


def _join(members: dict[int, set[int]], cluster: set[int]) -> None:
    for key in cluster:
        members[key] = cluster


def _stories(cluster: set[int], fixed: Mapping[int, int]) -> set[int]:
    return {fixed[key] for key in cluster if key in fixed}


def _between(one: set[int], other: set[int], strength: Mapping[tuple[int, int], float]) -> float:
    return sum(strength.get((min(a, b), max(a, b)), 0.0) for a in one for b in other)
