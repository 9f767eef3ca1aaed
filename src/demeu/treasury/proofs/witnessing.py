"""Asking witnesses to cosign our newest head (C2SP tlog-witness, `add-checkpoint`).

A witness that is away holds nothing up: the head is published without its line. A witness that remembers another
history breaks a promise of the books, because then somebody has been shown a log that is not this one.
"""

from datetime import timedelta

import httpx
from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.logs import logger
from demeu.treasury.proofs.actions import lock_log
from demeu.treasury.proofs.base64_text import encode
from demeu.treasury.proofs.cosignatures import Cosigned, Witness, cosigned_by, read_witnesses
from demeu.treasury.proofs.merkle import consistency_proof
from demeu.treasury.proofs.models import Cosignature, SignedHead, WitnessState
from demeu.treasury.proofs.notes import NoteError
from demeu.treasury.proofs.publishing import publish_files
from demeu.treasury.proofs.queries import latest_head, node_reader

TIMEOUT = httpx.Timeout(3.0, connect=1.0)
REST = timedelta(seconds=30)
ANSWER_BYTES_MAX = 10_000
SIZE_TYPE = "text/x.tlog.size"
log = logger(__name__)


def witnesses() -> tuple[Witness, ...]:
    """Whom this log asks."""
    return read_witnesses(settings.DEMEU_TREASURY_WITNESSES)


def ask_witnesses() -> int:
    """Ask each witness that has not cosigned the newest head; how many did. One in trouble rests for a while."""
    head, cosigned = latest_head(), 0
    if head is None:
        return 0
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as http:
        for witness in witnesses():
            cosigned += _ask(http, witness, head)
    if cosigned:
        with transaction.atomic():
            lock_log()
            publish_files()
    return cosigned


def _ask(http: httpx.Client, witness: Witness, head: SignedHead) -> bool:
    name = witness.key.name
    state = WitnessState.objects.filter(name=name).first() or WitnessState(name=name)
    resting = state.trouble and state.tried_at > clock.now() - REST
    if resting or head.cosignatures.filter(witness=name).exists():
        return False
    before, state.tried_at = state.trouble, clock.now()
    line = _cosignature(http, witness, head, state)
    if line is not None:
        state.size, state.trouble = head.size, ""
        Cosignature.objects.get_or_create(head=head, witness=name, defaults={"line": line.line, "at": line.at})
    state.save()
    if state.trouble and state.trouble != before:
        log.error("log.witness_in_trouble", witness=name, trouble=state.trouble, size=state.size)
    return line is not None


def _cosignature(http: httpx.Client, witness: Witness, head: SignedHead, state: WitnessState) -> Cosigned | None:
    """The witness's line, else None with the reason in `state`. If it knows another size, it is asked once more."""
    for _ in range(2):
        old = min(state.size, head.size)
        try:
            answer = http.post(f"{witness.url}/add-checkpoint", content=request_body(head, old))
        except httpx.HTTPError:
            state.trouble = "away"
            return None
        told = _told_size(answer)
        if told is None or told == old:
            return _judged(answer, witness, head, state)
        state.size = told
    ours = SignedHead.objects.filter(size=state.size).exists()
    state.trouble = "" if ours else "disagrees"  # ours: another round has asked meanwhile
    return None


def _judged(answer: httpx.Response, witness: Witness, head: SignedHead, state: WitnessState) -> Cosigned | None:
    if answer.status_code in (409, 422):
        state.trouble = "disagrees"
        return None
    if answer.status_code != 200 or len(answer.content) > ANSWER_BYTES_MAX:
        state.trouble = f"answered {answer.status_code}"
        return None
    try:
        found = cosigned_by(head.text + answer.text, [witness.key])
    except NoteError:
        found = ()
    if not found:
        state.trouble = "wrong signature"
        return None
    return found[0]


def request_body(head: SignedHead, old: int) -> bytes:
    """The request of `add-checkpoint`: the size the witness knows, how we grew since, the head."""
    path = consistency_proof(node_reader(), old, head.size) if old else []
    return "".join([f"old {old}\n", *(f"{encode(step)}\n" for step in path), "\n", head.text]).encode()


def _told_size(answer: httpx.Response) -> int | None:
    """The size that a witness says it knows (409), else None."""
    kind, text = answer.headers.get("content-type", "").partition(";")[0], answer.text.strip()
    if answer.status_code != 409 or kind != SIZE_TYPE or not (text.isascii() and text.isdigit() and len(text) < 16):
        return None
    return int(text)
