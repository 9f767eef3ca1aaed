"""How numbers, days and short words are written in Kazakh, Russian and English. Pure: text in, text out."""

import re
from datetime import date, datetime

from django.utils.dateformat import format as django_format
from django.utils.translation import get_language, ngettext

from demeu.kernel.clock import ALMATY

NO_BREAK = "\u00a0"
MINUS = "\u2212"
DAY = {"kk": r"Y ж. j E", "ru": "j E Y", "en": "j E Y"}
DAY_SHORT = {"kk": "j E", "ru": "j E", "en": "j E"}
_SHORT_WORD = re.compile(
    r"(?<![\w-])(а|без|в|во|до|для|за|и|из|к|ко|на|над|не|ни|но|о|об|от|по|под|при|с|со|у|№"
    r"|a|an|the|to|of|in|on|at|by|is) +",
    re.IGNORECASE,
)


def language() -> str:
    """The reader's language: kk, ru or en."""
    return (get_language() or "ru")[:2]


def grouped(number: int) -> str:
    """1248 → «1 248» with no-break spaces and a real minus; four digits are grouped too."""
    sign = MINUS if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", NO_BREAK)


def signed(number: int) -> str:
    """+150, −260, 0: for points."""
    return f"+{grouped(number)}" if number > 0 else grouped(number)


def _dated(moment: date | datetime, forms: dict[str, str]) -> str:
    local = moment.astimezone(ALMATY) if isinstance(moment, datetime) else moment
    lang = language()
    text = django_format(local, forms.get(lang, forms["ru"]))
    return (text.lower() if lang == "kk" else text).replace(" ", NO_BREAK)


def day(moment: date | datetime) -> str:
    """«9 октября 2026» in Asia/Almaty."""
    return _dated(moment, DAY)


def day_short(moment: date | datetime) -> str:
    """«9 октября» in Asia/Almaty."""
    return _dated(moment, DAY_SHORT)


def clock(moment: datetime) -> str:
    """«14:06» in Asia/Almaty."""
    return f"{moment.astimezone(ALMATY):%H:%M}"


def moment_text(moment: datetime) -> str:
    """«22 ноября 2026, 14:06» in Asia/Almaty."""
    return f"{day(moment)}, {clock(moment)}"


def days(count: int) -> str:
    """«44 дня»."""
    return _counted(count, ngettext("%(count)s day", "%(count)s days", count))


def cases(count: int) -> str:
    """«104 заявки»."""
    return _counted(count, ngettext("%(count)s case", "%(count)s cases", count))


def people(count: int) -> str:
    """«214 человек»."""
    return _counted(count, ngettext("%(count)s person", "%(count)s people", count))


def gifts(count: int) -> str:
    """«11 даров»."""
    return _counted(count, ngettext("%(count)s gift", "%(count)s gifts", count))


def _counted(count: int, text: str) -> str:
    return (text % {"count": grouped(count)}).replace(" ", NO_BREAK)


def tidy(text: str) -> str:
    """No short word left alone at the end of a line: its space becomes a no-break one."""
    return _SHORT_WORD.sub(lambda found: found.group(1) + NO_BREAK, text)
