"""Mail over SMTP: text and HTML, with a one-click way to stop (RFC 8058). The body holds no link: none is needed."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from demeu.contracts.words import Language
from demeu.kernel import clock
from demeu.kernel.errors import invalid, unavailable
from demeu.vault.messages import stopping

TIME_LIMIT_S = 8.0
CHECK: dict[Language, str] = {
    "kk": "Тексеру коды: {check}. Дәл осындай код жеке кабинетіңіздегі хабарда тұр. Хатта сілтеме болмайды.",
    "ru": "Код проверки: {check}. Такой же код стоит у этого сообщения в личном кабинете. Ссылок в наших письмах нет.",
    "en": "Check code: {check}. The same code stands at this message in your account. Our letters contain no links.",
}
FOOTER: dict[Language, str] = {
    "kk": "Хат алуды тоқтату үшін: жеке кабинет, «Хабарлар» бөлімі, баптаулар.",
    "ru": "Отказаться от писем можно в личном кабинете: «Сообщения», настройки.",
    "en": "To stop these letters, go to your account: Messages, settings.",
}


@dataclass(frozen=True)
class Letter:
    """What goes into one mail. `message` is what its reader may stop; `may_stop` says whether they may."""

    identifier: UUID
    message: UUID
    to: str
    lang: Language
    subject: str
    paragraphs: tuple[str, ...]
    check: str
    may_stop: bool


def send(letter: Letter) -> str:
    """Hand a letter over; its Message-ID. Refuses `mail.server_silent`, `mail.not_now`; for good `mail.refused`."""
    content = letter_of(letter)
    try:
        with _connection() as server:
            server.send_message(content)
    except smtplib.SMTPRecipientsRefused as refused:
        raise _refusal(next(iter(refused.recipients.values()))[0]) from None
    except smtplib.SMTPResponseException as refused:
        raise _refusal(refused.smtp_code) from None
    except (smtplib.SMTPException, OSError):
        raise unavailable("mail.server_silent") from None
    return str(content["Message-ID"])[:64]


def letter_of(letter: Letter) -> EmailMessage:
    """The mail itself."""
    content = EmailMessage()
    sender = settings.DEMEU_VAULT_MAIL_FROM
    content["From"] = Address("Demeu", addr_spec=sender)
    content["To"] = Address(addr_spec=letter.to)
    content["Subject"] = letter.subject
    content["Date"] = clock.now()
    content["Message-ID"] = f"<{letter.identifier}@{sender.rpartition('@')[2]}>"
    content["Content-Language"] = letter.lang
    content["Auto-Submitted"] = "auto-generated"
    if letter.may_stop:
        content["List-Unsubscribe"] = f"<{stopping.address_of(letter.message)}>"
        content["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    said = {
        "lang": letter.lang,
        "subject": letter.subject,
        "paragraphs": letter.paragraphs,
        "check": CHECK[letter.lang].format(check=letter.check) if letter.check else "",
        "footer": FOOTER[letter.lang] if letter.may_stop else "",
    }
    lines = [*letter.paragraphs, *(part for part in (said["check"], said["footer"]) if part)]
    content.set_content("\n\n".join(str(line) for line in lines) + "\n", cte="quoted-printable")
    content.add_alternative(render_to_string("messages/letter.html", said), subtype="html", cte="quoted-printable")
    return content


def _connection() -> smtplib.SMTP:
    """The server of `DEMEU_VAULT_SMTP_URL`: smtp:// (plain), smtp+tls:// (STARTTLS demanded) or smtps://."""
    parts = urlsplit(settings.DEMEU_VAULT_SMTP_URL)
    host, port = parts.hostname or "127.0.0.1", parts.port or (465 if parts.scheme == "smtps" else 25)
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIME_LIMIT_S, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIME_LIMIT_S)
    try:
        if parts.scheme == "smtp+tls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _refusal(code: int) -> Exception:
    return invalid("mail.refused", smtp_code=code) if 500 <= code < 600 else unavailable("mail.not_now", smtp_code=code)
