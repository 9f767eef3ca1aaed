"""Replies, one-time codes, check codes, quiet hours, channels, retries: how they are read and decided. Pure."""

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from demeu.contracts.vault import Channel, MessageKind
from demeu.contracts.words import Language

Answer = Literal["yes", "no", "unclear"]

ALMATY = ZoneInfo("Asia/Almaty")
CODE_LIFE = timedelta(minutes=10)
CODE_ATTEMPTS_MAX = 5
CODES_AN_HOUR_MAX = 6
REPLY_WORDS_MAX = 3
# An answer that comes later than this belongs to no question any more.
REPLY_TERM = timedelta(days=30)
PROMPT_S = 10

YES_ALONE = {"1", "да", "иә", "ия", "йә", "yes", "ok", "ок", "да1", "иә1", "yes1"}
YES = YES_ALONE | {
    *("иа", "ие", "y", "yep", "iya", "ia", "ie", "da", "алдым", "алдық", "келісемін", "келісем", "болады"),
    *("получил", "получила", "получили", "получено", "согласен", "согласна", "согласны", "ага", "конечно"),
    *("received", "agree", "sure"),
}
NO = {
    *("0", "нет", "жоқ", "жок", "no", "n", "net", "joq", "zhoq", "zhok", "jok", "нет0", "жоқ0", "no0"),
    *("алмадым", "алмадық", "келіспеймін", "not", "никогда", "отказываюсь"),
}
NEGATIONS = {"не", "not", "жоқ", "жок", "емес"}
SIGNS_YES, SIGNS_NO = {"+", "👍", "✅", "✔"}, {"-", "−", "👎", "❌"}
# A Kazakh letter that some phones write by a Latin letter of the same look.
LOOKALIKES = str.maketrans({"ə": "ә", "Ə": "ә"})

# Signs that look the same on a Latin and on a Cyrillic keyboard, and digits nobody takes for letters.
CHECK_SIGNS = "ACEHKMPTXY2345679"
CHECK_LENGTH = 8
TO_LATIN = str.maketrans("АСЕНКМРТХУВО", "ACEHKMPTXYBO")

ALWAYS_BY_SMS = frozenset({MessageKind.CODE, MessageKind.QUESTION, MessageKind.EMERGENCY})
URGENT = frozenset({MessageKind.CODE, MessageKind.EMERGENCY})
COLLECTED = frozenset(
    {MessageKind.APPLICATION, MessageKind.OWN_DATA, MessageKind.VISIT, MessageKind.GIFT, MessageKind.NEWS}
)
CHOSEN = (
    MessageKind.QUESTION,
    MessageKind.EMERGENCY,
    MessageKind.APPLICATION,
    MessageKind.VISIT,
    MessageKind.OWN_DATA,
    MessageKind.GIFT,
    MessageKind.NEWS,
)
# News cost a phone's owner attention and us money: no SMS unless a person wishes it.
OFF_AT_FIRST: Mapping[MessageKind, tuple[str, ...]] = {MessageKind.NEWS: (Channel.SMS.value,)}


@dataclass(frozen=True)
class Hours:
    """When a person is left in peace, whole hours of Almaty; equal hours mean never. `digest`: hour of the one mail."""

    quiet_from: int
    quiet_until: int
    digest: int | None = None


def language_of(code: str) -> Language:
    """A kept language code as the word it is; anything else reads as Russian."""
    return "kk" if code == "kk" else "en" if code == "en" else "ru"


def answer_of(reply: str) -> Answer:
    """Yes or no in Kazakh, Russian or English, in words, digits or signs; anything doubtful is unclear."""
    alone = reply.strip().removesuffix("️")
    if alone in SIGNS_YES | SIGNS_NO:
        return "yes" if alone in SIGNS_YES else "no"
    words = re.findall(r"\w+", reply.translate(LOOKALIKES).lower())
    if not words or len(words) > REPLY_WORDS_MAX:
        return "unclear"
    if any(word in NEGATIONS for word in words) and len(words) > 1:
        return "no" if not YES_ALONE & set(words) else "unclear"
    says_yes, says_no = bool(YES & set(words)), bool(NO & set(words))
    if says_yes == says_no:
        return "unclear"
    return "yes" if says_yes else "no"


def fresh_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def fresh_check() -> str:
    """A random code of 8 signs (32 bits) that can be typed on any keyboard."""
    return "".join(secrets.choice(CHECK_SIGNS) for _ in range(CHECK_LENGTH))


def shown_check(check: str) -> str:
    """In two halves, as it stands in a message."""
    return f"{check[:4]}-{check[4:]}" if check else ""


def check_of(typed: str) -> str:
    """What was typed, in the one form; empty when it cannot be a code of ours."""
    signs = re.sub(r"[\s\-–—.]", "", typed).upper().translate(TO_LATIN)
    return signs if len(signs) == CHECK_LENGTH and set(signs) <= set(CHECK_SIGNS) else ""


def split_reply(reply: str) -> tuple[str, str]:
    """The words of a reply and the check code in it, either may be empty: «ДА K2TH-7XMA» names its question."""
    for found in re.finditer(r"\w{4}[\s\-–—]?\w{4}", reply):
        check = check_of(found.group())
        if check:
            return (reply[: found.start()] + " " + reply[found.end() :]).strip(), check
    return reply, ""


def channels_of(kind: MessageKind, off: Collection[str], *, mail: bool, push: bool) -> list[Channel]:
    """The channels of a message. What must reach a phone always goes by SMS; mail and push only where they are set up.

    A one-time code is for its phone alone.
    """
    if kind is MessageKind.CODE:
        return [Channel.SMS]
    set_up = {Channel.SMS: True, Channel.MAIL: mail, Channel.PUSH: push}
    chosen = [channel for channel, there in set_up.items() if there and channel.value not in off]
    return sorted({Channel.SMS, *chosen}) if kind in ALWAYS_BY_SMS else sorted(chosen)


def fixed_channels(kind: MessageKind) -> tuple[Channel, ...]:
    """Channels of a kind that cannot be switched off."""
    return (Channel.SMS,) if kind in ALWAYS_BY_SMS else ()


def due_at(at: datetime, kind: MessageKind, hours: Hours) -> datetime:
    """When a message may go: at once, or when the quiet time ends; an emergency and a code never wait."""
    if kind in URGENT or not is_quiet(at, hours):
        return at
    return next_hour(at, hours.quiet_until)


def is_quiet(at: datetime, hours: Hours) -> bool:
    """Whether this moment is in the person's quiet time, which may go past midnight."""
    hour = at.astimezone(ALMATY).hour
    if hours.quiet_from <= hours.quiet_until:
        return hours.quiet_from <= hour < hours.quiet_until
    return hour >= hours.quiet_from or hour < hours.quiet_until


def next_hour(at: datetime, hour: int) -> datetime:
    """The next moment, after `at`, when clocks in Almaty show this hour."""
    local = at.astimezone(ALMATY)
    today = datetime.combine(local.date(), time(hour), ALMATY)
    return today if today > local else today + timedelta(days=1)


def is_collected(kind: MessageKind, channel: Channel, hours: Hours) -> bool:
    """Whether a message waits for the one mail of the day."""
    return channel is Channel.MAIL and hours.digest is not None and kind in COLLECTED


def changed_off(choices: Mapping[MessageKind, Collection[Channel]]) -> dict[MessageKind, list[str]]:
    """What a person switched off, by kind; what cannot be switched off is left on, unknown kinds are left out."""
    return {
        kind: sorted(set(Channel) - set(choices[kind]) - set(fixed_channels(kind)))
        for kind in CHOSEN
        if kind in choices
    }


def masked_mail(address: str) -> str:
    """«a***@example.org»; empty for none."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}***@{host}" if name else ""
