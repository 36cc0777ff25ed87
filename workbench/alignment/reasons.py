"""Why a link is likely or not, in the terms that a reviewer sees."""

import numpy as np

from workbench.alignment.scores import Array


def reasons_of(features: dict[str, Array]) -> list[dict[str, float]]:
    """Turn features of links, by name, into the pieces of evidence of each link, each about in [0, 1]."""
    margin = np.minimum(features["row_margin"], features["column_margin"])
    columns: dict[str, Array] = {
        "similarity": features["similarity"],
        "margin": np.asarray(np.clip(0.5 + 2 * margin, 0, 1)),
        "letters": features["grams"],
        "numbers": _agreement(features, "numbers"),
        "names": _agreement(features, "names"),
        "length": np.asarray(np.exp(-features["length"])),
    }
    rows = np.round(np.stack(list(columns.values()), axis=1).astype(np.float64), 4).tolist()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _agreement(features: dict[str, Array], name: str) -> Array:
    """Share of agreeing evidence; 0.5 where neither side has any."""
    shared, alone = np.expm1(features[f"{name}_shared"]), np.expm1(features[f"{name}_unmatched"])
    return np.asarray((2 * shared + 0.5) / (2 * shared + alone + 1))
