"""Two documents on their way to links: how they relate, which blocks are translations, and the links themselves."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from workbench.alignment.blocks import Block, chains, moved
from workbench.alignment.comparable import Scored, score_links
from workbench.alignment.confidence import calibrate
from workbench.alignment.order import MODE_FEATURES, anchors, free_order, mode_features, order_score, plain_mode
from workbench.alignment.pairing import Pair, Text, pair_up
from workbench.alignment.pairs import comparable_links, parallel_links
from workbench.alignment.parameters import Parameters, weights_of
from workbench.alignment.scouting import side_by_side
from workbench.alignment.settled import settled
from workbench.alignment.values import Document, Group, PairAlignment, PairLink
from workbench.model import Mode


class _Free:
    """The free links between single sentences of two documents, whatever is settled; found when asked for, once."""

    def __init__(self, pair: Pair, parameters: Parameters) -> None:
        self.pair, self.parameters = pair, parameters

    @cached_property
    def scored(self) -> Scored | None:
        """All pairs of sentences worth a look, with their log-odds; None where there are no sentences."""
        filled = len(self.pair.left) and len(self.pair.right)
        return score_links(self.pair, self.parameters) if filled else None

    @cached_property
    def links(self) -> list[PairLink]:
        """The links made of them."""
        return comparable_links(self.pair, self.parameters, scored=self.scored)[0]

    def mode(self) -> Mode:
        """Judge by plain signs, else by these links, and where they leave a doubt also by an alignment in order."""
        if plain := plain_mode(self.pair):
            return plain
        order = free_order(self.pair, self.links)
        if order.scattered:
            return Mode.COMPARABLE
        features = mode_features(self.pair, order, self.links, parallel_links(self.pair, self.parameters)[0])
        likely = features @ weights_of(MODE_FEATURES, self.parameters.mode) > 0
        return Mode.PARALLEL if likely else Mode.COMPARABLE


class Couple:
    """Two of the documents, and how they are aligned: judged on all their sentences, whatever is settled."""

    def __init__(
        self, left: tuple[Document, Text], right: tuple[Document, Text], mode: Mode | None, parameters: Parameters
    ) -> None:
        self.left, self.right, self.parameters = left[0].key, right[0].key, parameters
        self.pair = side_by_side(left[1], right[1])
        self.order = order_score(anchors(self.pair))
        self.free = _Free(self.pair, parameters)
        self.mode = mode or self.free.mode()
        # Blocks that are translations, each with its sentences as a pair of their own.
        self.blocks: dict[Block, Pair] = {}
        if not mode and self.mode is Mode.COMPARABLE:
            parts = {block: self._part(block) for block in chains(self.free.links, len(left[1]), len(right[1]))}
            self.blocks = {k: part for k, part in parts.items() if _Free(part, parameters).mode() is Mode.PARALLEL}

    def _part(self, block: Block) -> Pair:
        return pair_up(self.pair.left.text.pick(list(block.rows)), self.pair.right.text.pick(list(block.columns)))

    def align(
        self, fixed: Sequence[Group], rejected: Sequence[Group], price: float
    ) -> tuple[PairAlignment, dict[tuple[int, int], float]]:
        """Return the links between the two, and log-odds of all pairs of sentences worth a look."""
        kept = settled(self.left, self.right, fixed, rejected)
        if self.mode is Mode.PARALLEL:
            links, odds = parallel_links(self.pair, self.parameters, kept, interrupted=True)
            links = self._finished(links, Mode.PARALLEL)
        else:
            around = kept.without(self.blocks)
            links, odds = comparable_links(
                self.pair, self.parameters, around, price, passages=True, scored=self.free.scored
            )
            links = self._finished(links, Mode.COMPARABLE)
            for block, part in self.blocks.items():
                inner, inner_odds = parallel_links(part, self.parameters, kept.inside(block), interrupted=True)
                links += [moved(link, block) for link in self._finished(inner, Mode.PARALLEL)]
                odds |= {(block.rows[i], block.columns[j]): value for (i, j), value in inner_odds.items()}
        links.sort(key=lambda link: (link.left, link.right))
        return PairAlignment(self.left, self.right, self.mode, self.order, tuple(links)), odds

    def _finished(self, links: Sequence[PairLink], mode: Mode) -> list[PairLink]:
        """The links with calibrated probabilities and the order score."""
        raw = np.array([link.probability for link in links])
        calibrated = calibrate(raw, self.parameters.calibration.get(mode.value, ())).tolist()
        return [
            PairLink(link.left, link.right, probability, {**link.reasons, "order": self.order})
            for link, probability in zip(links, calibrated, strict=True)
        ]
