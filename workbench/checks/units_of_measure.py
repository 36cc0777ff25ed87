"""Whether two numbers are one measure in different units: translators turn miles into kilometres."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# What one imperial unit is in the metric unit that replaces it, and how the four languages begin its name.
_FACTORS = {
    r"square mile|sq\.? mi|кв\S* м[иі]л|квадратн\S* м[иі]л": (2.58999,),
    r"mi\b|mile|mph|мил|міл|вузл|узл|възел|knot|nautical|морск": (1.609344, 1.852),
    r"f(?:oo|ee)?t\b|фут|['′]": (0.3048, 30.48),
    r"in\.|inch|дюйм|инч|цол|[\"″]": (2.54, 25.4),
    r"yard|yds?\b|ярд": (0.9144,),
    r"pound|lbs?\b|фунт|паунд": (0.45359237,),
    r"ounce|oz\b|унц": (28.3495,),
    r"acre|акр": (0.404686, 4046.86),
    r"gallon|галон|галлон": (3.78541, 4.54609),
    r"stone|стоун": (6.35029,),
}
# Between a figure and its unit there may be the other end of a range, a scale, or a word such as "nautical".
_RANGE = r"(?:(?:–|—|to|or|and|до|или|або|чи|и|і)?[\s\u00a0-]*[\d.,½¼¾]+[\s\u00a0-]*)?"
_BETWEEN = rf"[\s\u00a0-]*{_RANGE}(?:[^\W\d_]+[\s\u00a0-]+)?"
_UNITS = [(re.compile(rf"{_BETWEEN}(?:{name})", re.IGNORECASE), factors) for name, factors in _FACTORS.items()]
_DEGREES = re.compile(rf"{_BETWEEN}(?:°|º|degree|градус|fahrenheit|фаренгейт|фаренхайт)", re.IGNORECASE)
_TOLERANCE = 0.07  # of the value: translators round
_DEGREES_ROUNDED = 1.5


@dataclass(frozen=True, slots=True)
class Measure:
    """A number by its possible values, and the text that follows it, in which its unit may stand."""

    values: Iterable[float]
    following: str


def converted(one: Measure, other: Measure) -> bool:
    """Whether one of two measures is the other in metric units: its own number must have the imperial unit."""
    return _from_imperial(one, other) or _from_imperial(other, one)


def _from_imperial(imperial: Measure, metric: Measure) -> bool:
    pairs = [(mine, theirs) for mine in imperial.values for theirs in metric.values if mine and theirs]
    for pattern, factors in _UNITS:
        if pattern.match(imperial.following) and not pattern.match(metric.following):
            return any(_near(theirs, mine * factor) for mine, theirs in pairs for factor in factors)
    if _DEGREES.match(imperial.following) and _DEGREES.match(metric.following):
        return any(abs((mine - 32) / 1.8 - theirs) <= _DEGREES_ROUNDED for mine, theirs in pairs)
    return False


def _near(value: float, expected: float) -> bool:
    return abs(value / expected - 1) <= _TOLERANCE
