"""Whether two numbers are one measure in different units: translators turn miles into kilometres."""

import re
from collections.abc import Iterable

# What one imperial unit is in the metric unit that replaces it, and how the four languages begin its name.
_FACTORS = {
    r"mi\b|mile|mph|мил|міл": (1.609344, 1.852),
    r"f(?:oo|ee)?t\b|фут|'": (0.3048, 30.48),
    r"in\b|inch|дюйм|инч|цол": (2.54, 25.4),
    r"yard|yds?\b|ярд": (0.9144,),
    r"pound|lbs?\b|фунт|паунд": (0.45359237,),
    r"ounce|oz\b|унц": (28.3495,),
    r"acre|акр": (0.404686, 4046.86),
    r"gallon|галон|галлон": (3.78541, 4.54609),
    r"stone|стоун": (6.35029,),
    r"square mile|квадратн": (2.58999,),
}
_UNITS = [(re.compile(rf"(?<![^\W\d_])(?:{name})", re.IGNORECASE), factors) for name, factors in _FACTORS.items()]
_FAHRENHEIT = re.compile("fahrenheit|фаренгейт|фаренхайт|°[FФ]", re.IGNORECASE)
_TOLERANCE = 0.07  # of the value: translators round


def converted(first: Iterable[float], second: Iterable[float], *texts: str) -> bool:
    """Whether a value of `first` is a value of `second` in another unit that one of the texts names."""
    pairs = [(one, other) for one in first for other in second if one and other]
    whole = " ".join(texts)
    for pattern, factors in _UNITS:
        if pattern.search(whole) and any(_related(one / other, factor) for one, other in pairs for factor in factors):
            return True
    if not _FAHRENHEIT.search(whole):
        return False
    return any(abs((high - 32) / 1.8 - low) <= 1 for pair in pairs for high, low in (pair, pair[::-1]))


def _related(ratio: float, factor: float) -> bool:
    return min(abs(ratio / factor - 1), abs(ratio * factor - 1)) <= _TOLERANCE
