"""Every field that is sealed, in one list. A field that is not here has no key and cannot be kept."""

SEALED_FIELDS = (
    "person.surname",
    "person.given_name",
    "person.patronymic",
    "person.iin",
    "person.birth_date",
    "person.phone",
    "person.phone_pending",
    "person.email",
    "alias.surname",
    "alias.given_name",
    "alias.patronymic",
    "contact.value",
    "paper.number",
    "member.iin",
    "raw_answer.xml",
    "document.content",
    "message.text",
    "code.phone",
    "delivery.address",
    "push.subscription",
    "payee.name",
    "payee.bin",
    "payee.iban",
    "statement.xml",
    "attempt.to_sign",
    "signature.content",
    "signature.cms",
)

BLIND_FIELDS = ("iin", "phone", "bin", "iban", "code", "contact", "paper", "block", "push", "mail", "unsubscribe")
