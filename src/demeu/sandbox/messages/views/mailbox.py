"""Letters on the screen, and the address to which the SMTP process hands each mail; the answer is its SMTP reply."""

from email import policy
from email.parser import BytesParser

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from demeu.sandbox.messages import actions, faults, queries
from demeu.sandbox.messages.models import Letter
from demeu.sandbox.messages.rules import Fault

REPLIES = {
    Fault.REFUSE: "451 4.7.1 Greylisted, come again",
    Fault.REJECT: "550 5.1.1 No such mailbox",
    Fault.BROKEN: "421 4.3.2 Closing",
    Fault.MALFORMED: "",
}
TAKEN = "250 2.0.0 Taken"
LETTER_BYTES_MAX = 2_000_000


@require_POST
def incoming(request: HttpRequest) -> HttpResponse:
    """``POST /control/mail/incoming`` (raw mail; headers `X-Mail-From`, `X-Rcpt-To`) → `{"reply": "250 …"}`.

    An empty reply means: break the line.
    """
    if request.content_type != "message/rfc822" or len(request.body) > LETTER_BYTES_MAX:
        return JsonResponse({"reply": "552 5.3.4 Too big"})
    fault = faults.strike("smtp")
    if fault in REPLIES:
        return JsonResponse({"reply": REPLIES[fault]})
    subject = str(BytesParser(policy=policy.default).parsebytes(request.body)["Subject"] or "")
    actions.keep_letter(
        sender=request.headers.get("X-Mail-From", ""),
        recipients=[one for one in request.headers.get("X-Rcpt-To", "").split(",") if one],
        subject=subject,
        raw=request.body,
    )
    return JsonResponse({"reply": TAKEN})


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """``/mail/``: the newest letters first."""
    return render(request, "sandbox_messages/letters.html", {"letters": list(reversed(queries.letters()))})


@require_safe
def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """``/mail/<id>/``: its headers and its text."""
    row = get_object_or_404(Letter, pk=letter)
    content = BytesParser(policy=policy.default).parsebytes(bytes(row.raw))
    plain = content.get_body(("plain",))
    shown = {
        "letter": row,
        "headers": [(name, str(value)) for name, value in content.items()],
        "text": plain.get_content() if plain else "",
    }
    return render(request, "sandbox_messages/letter.html", shown)
