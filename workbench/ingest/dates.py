"""Lines that tell when an article was published."""

import datetime
import re

_MONTHS = (
    "януари січня января january jan", "февруари лютого февраля february feb", "март березня марта march mar",
    "април квітня апреля april apr", "май травня мая may", "юни червня июня june jun",
    "юли липня июля july jul", "август серпня августа august aug", "септември вересня сентября september sept sep",
    "октомври жовтня октября october oct", "ноември листопада ноября november nov",
    "декември грудня декабря december dec",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_FORMS = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"\b(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>(?:19|20)\d\d)\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:-?(?:го|ти|ри|ви|th|st|nd|rd))?\s+(?P<name>{_NAMES})\.?,?\s+(?P<y>(?:19|20)\d\d)\b"
    ),
    re.compile(rf"\b(?P<name>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:th|st|nd|rd)?,?\s+(?P<y>(?:19|20)\d\d)\b"),
)
# What may stand beside a date on a line that is only a date.
_BESIDE = re.compile(
    r"\b(?:г|год|года|р|року|ч|часа|часът|в|о|об|на|от|від|і|и|at|on|utc|gmt|eet|eest|cet|msk|мск|am|pm|a\.m|p\.m|"
    r"понеделник|вторник|сряда|четвъртък|петък|събота|неделя|понеділок|вівторок|середа|четвер|пʼятниця|субота|неділя|"
    r"понедельник|среда|четверг|пятница|суббота|воскресенье|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|нд|вс|"
    r"публикувано|публикувана|обновена|обновено|последна|промяна|актуализирана|дата|опубліковано|оновлено|"
    r"опубликовано|обновлено|published|updated|posted|last|date|преди|час[аи]?|минути|годин[иу]?|хвилин|тому|назад|ago|hours?|minutes?)\b"
)  # fmt: skip

# A place, a section or a name set off from a date, which stands as `|`.
_LABELLED = re.compile(
    r"(?:[\w.\-ʼ]+ ?){1,4}\s?[,|·•—–/]+\s*\|[\s\W]*(?:г|р|ч)?\.?|\|\s?[,|·•—–/]+\s*(?:[\w.\-ʼ]+ ?){1,4}"
)


def published(text: str) -> str:
    """Return the first date in a line in searchable form as `YYYY-MM-DD`, or an empty string."""
    for form in _FORMS:
        if match := form.search(text):
            found = match.groupdict()
            month = _MONTH[found["name"]] if found.get("name") else int(found["m"])
            try:
                return datetime.date(int(found["y"]), month, int(found["d"])).isoformat()
            except ValueError:
                continue
    return ""


def only_date(text: str) -> bool:
    """Return whether a line in searchable form holds a date or a time and hardly anything else."""
    if len(text) > 90:
        return False
    rest = text
    for form in _FORMS:
        rest = form.sub("|", rest)
    rest = re.sub(rf"\b\d{{1,2}}\s+(?:{_NAMES})\b|\b\d{{1,2}}[:.]\d\d(?::\d\d)?\b", " ", rest)
    if rest == text and not re.search(r"\d", text):
        return False
    if "|" in rest and _LABELLED.fullmatch(rest.strip()):
        return True
    left = re.sub(r"[\W\d_]+", "", _BESIDE.sub(" ", rest))
    return len(left) <= 3 if rest != text else not left
