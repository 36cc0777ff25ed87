"""Joining links between pairs of documents into groups over all of them: translation units in several languages.

Links are taken from the surest down. Two groups become one where the evidence of all links between them is for
it, and where no document would end up with passages that nothing holds together (Simard 1999: aligning three
languages jointly resolves what two leave open). A triangle a-b, b-c without a-c is such evidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import log

import numpy as np

from workbench.alignment.confidence import Curve, calibrate
from workbench.alignment.values import Group, PairAlignment, PairLink
from workbench.model import Mode

Node = tuple[int, int]


@dataclass(slots=True)
class _Cluster:
    """Sentences that belong together so far, and the links inside."""

    nodes: set[Node]
    links: list[tuple[int, int, PairLink]] = field(default_factory=list)


def form_groups(
    pairs: Sequence[PairAlignment],
    languages: Mapping[int, str],
    odds: Mapping[tuple[Node, Node], float],
    curve: Curve = (),
    price: float = 0.0,
    apart: AbstractSet[tuple[Node, Node]] = frozenset(),
) -> list[Group]:
    """Join links into groups that hold passages in at least two languages.

    Args:
        pairs: Pairwise alignments.
        languages: Language of each document key.
        odds: Log-odds of pairs of sentences, the lower key first; pairs that are absent are unlikely.
        curve: Calibration of the confidence of groups.
        price: Log-odds that the evidence between two groups must exceed to join them.
        apart: Pairs of sentences, the lower first, that are never in one group.

    Returns:
        Groups in reading order of their documents.
    """
    links = [(pair.left, pair.right, link) for pair in pairs for link in pair.links]
    links.sort(key=lambda entry: (-entry[2].probability, entry[0], entry[1], entry[2].left, entry[2].right))
    bound = _bound_together(pairs)
    parallel = {(pair.left, pair.right) for pair in pairs if pair.mode is Mode.PARALLEL}
    cluster_of: dict[Node, _Cluster] = {}
    for left, right, link in links:
        nodes = [(left, i) for i in link.left] + [(right, j) for j in link.right]
        clusters = _distinct(cluster_of.get(node) or _Cluster({node}) for node in nodes)
        joined = set().union(*(cluster.nodes for cluster in clusters))
        if apart and any(couple in apart for couple in combinations(sorted(joined), 2)):
            continue
        if len(clusters) > 1 and not (
            _in_order(joined, parallel)
            or (_holds(joined, bound) and _support(clusters, link.probability, set(nodes), odds) > price)
        ):
            continue
        merged = _Cluster(joined, [kept for cluster in clusters for kept in cluster.links])
        merged.links.append((left, right, link))
        cluster_of.update(dict.fromkeys(joined, merged))
    found = [_group(cluster, languages) for cluster in _distinct(cluster_of.values())]
    groups = [group for group in found if group]
    confidences = calibrate(np.array([group.confidence for group in groups]), curve)
    calibrated = [replace(group, confidence=float(c)) for group, c in zip(groups, confidences, strict=True)]
    return sorted(calibrated, key=_reading_order)


def _bound_together(pairs: Sequence[PairAlignment]) -> dict[Node, set[Node]]:
    """Which sentences of the same document some bead holds together."""
    bound: dict[Node, set[Node]] = defaultdict(set)
    for pair in pairs:
        for link in pair.links:
            for key, side in ((pair.left, link.left), (pair.right, link.right)):
                for a, b in combinations(side, 2):
                    bound[key, a].add((key, b))
                    bound[key, b].add((key, a))
    return bound


def _distinct(clusters: Iterable[_Cluster]) -> list[_Cluster]:
    return list({id(cluster): cluster for cluster in clusters}.values())


def _in_order(nodes: set[Node], parallel: set[tuple[int, int]]) -> bool:
    """Whether all documents of the nodes are translations of each other; their beads then simply add up."""
    keys = sorted({key for key, _ in nodes})
    return all(couple in parallel for couple in combinations(keys, 2))


def _holds(nodes: set[Node], bound: Mapping[Node, set[Node]]) -> bool:
    """Whether each document's sentences among the nodes are one passage: linked by beads with each other."""
    by_document: dict[int, set[Node]] = defaultdict(set)
    for node in nodes:
        by_document[node[0]].add(node)
    return all(_connected(members, bound) for members in by_document.values())


def _connected(nodes: set[Node], bound: Mapping[Node, set[Node]]) -> bool:
    reached: set[Node] = set()
    waiting = [min(nodes)]
    while waiting:
        node = waiting.pop()
        reached.add(node)
        waiting.extend((bound.get(node, set()) & nodes) - reached)
    return reached == nodes


def _support(
    clusters: Sequence[_Cluster], probability: float, ends: set[Node], odds: Mapping[tuple[Node, Node], float]
) -> float:
    """Return the log-odds that the sentences of different clusters and documents belong together on the whole.

    The link in question, between `ends`, counts once with its probability; all other pairs with their odds.
    """
    total = _log_odds(probability)
    for one, other in combinations(clusters, 2):
        for a in one.nodes:
            for b in other.nodes:
                if a[0] != b[0] and not (a in ends and b in ends):
                    total += max(-_BOUND, min(_BOUND, odds.get((min(a, b), max(a, b)), _UNSEEN)))
    return total


#: Log-odds of a pair of sentences that no search came across, and the most that one pair counts.
_UNSEEN, _BOUND = -2.0, 4.0


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return log(clipped / (1 - clipped))


def _group(cluster: _Cluster, languages: Mapping[int, str]) -> Group | None:
    """Return what belongs together with its raw confidence; nothing where it is in one language only."""
    members: dict[int, list[int]] = defaultdict(list)
    for key, sentence in sorted(cluster.nodes):
        members[key].append(sentence)
    if len({languages[key] for key in members}) < 2:
        return None
    scores: dict[tuple[int, int], float] = {}
    for left, right, link in cluster.links:
        couple = (min(left, right), max(left, right))
        scores[couple] = min(link.probability, scores.get(couple, 1.0))
    reasons = _mean_reasons([link for _, _, link in cluster.links])
    return Group({k: tuple(v) for k, v in members.items()}, _raw(scores), reasons, scores)


def _raw(scores: Mapping[tuple[int, int], float]) -> float:
    """Raw confidence of a group: half way between its weakest link and the mean of its links."""
    values = sorted(scores.values())
    return 0.5 * values[0] + 0.5 * sum(values) / len(values)


def _mean_reasons(links: Sequence[PairLink]) -> dict[str, float]:
    if len(links) == 1:
        return dict(links[0].reasons)
    names = dict.fromkeys(name for link in links for name in link.reasons)
    return {name: sum(link.reasons.get(name, 0.0) for link in links) / len(links) for name in names}


def _reading_order(group: Group) -> tuple[int, int]:
    key = min(group.members)
    return key, group.members[key][0]
