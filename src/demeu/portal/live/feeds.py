"""The signed word by which a page hears of topics, and the topic of one's own cabinet. Needs only the signing key."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core import signing

from demeu.portal.live.rules import OWN

TOPICS_MAX = 40
FEED_AGE_S_MAX = 12 * 60 * 60
SALT = "portal.live.feed"


def own_topic(person: UUID) -> str:
    """A person's own cabinet, by a keyed hash: the topic names nobody."""
    key = hashlib.sha256(b"live-own:" + str(settings.SECRET_KEY).encode()).digest()
    return f"{OWN}:{hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest()[:24]}"


def feed_of(topics: Iterable[str]) -> str:
    """The signed word for these topics; at most forty, the rest is left out."""
    return signing.dumps(list(dict.fromkeys(topics))[:TOPICS_MAX], salt=SALT, compress=True)


def topics_of(feed: str) -> tuple[str, ...]:
    """The topics of a word that we signed within the last twelve hours; none for any other."""
    try:
        found = signing.loads(feed, salt=SALT, max_age=FEED_AGE_S_MAX)
    except signing.BadSignature:
        return ()
    return tuple(str(topic) for topic in found)
