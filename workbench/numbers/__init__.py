"""The numbers of a text in any of the four languages: the one place that reads figures, number words and months.

`quantities` gives every value that a number can mean, and is made for comparing texts without crying wolf;
`numerals` writes each number in one notation, and is made for finding sentences that share them; `lost` says which
figures of a source its English lacks. All three know number words from `words`.
"""

from workbench.numbers.kept import kept_share, lost
from workbench.numbers.notation import numerals
from workbench.numbers.reading import Figure, Quantities, figures, quantities
from workbench.numbers.words import month, number

__all__ = ["Figure", "Quantities", "figures", "kept_share", "lost", "month", "number", "numerals", "quantities"]
