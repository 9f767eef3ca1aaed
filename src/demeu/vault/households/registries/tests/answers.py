"""Answers written by hand and signed by a test authority: what a registry might send, without a network."""

from datetime import UTC, date, datetime

from lxml import etree

from demeu.vault.households.registries import EXCHANGES
from demeu.vault.households.registries.exchange import XSI, Asked, Exchange, TypedFact, checked
from demeu.vault.households.registries.shep.envelope import SOAP, TYPES, read_body
from demeu.vault.identity.eds import sign_body, verify_wsse
from demeu.vault.identity.tests.authority import Authority

AT = datetime(2026, 6, 1, tzinfo=UTC)
AUTHORITY = Authority()
SHEP, STRANGER = AUTHORITY.issue(), Authority("ЧУЖОЙ", 7000).issue("790215300011")
MOTHER, CHILD = "900101200010", "900101100014"
ASKED = Asked(MOTHER, (MOTHER, CHILD), (MOTHER,), date(2026, 11, 22))
BY_SERVICE = {exchange.service_id: exchange for found in EXCHANGES.values() for exchange in found}
INNER = {
    "DEMEU_CKS_FAMILY": "<requestNumber>1</requestNumber><found>true</found><family><familyId>F</familyId>"
    "<hardship>true</hardship><dwelling><kato>751110000</kato><housingAreaM2>54.0</housingAreaM2></dwelling>"
    f"<property/><members><member><iin>{MOTHER}</iin><relation>applicant</relation><birthDate>1990-01-01</birthDate>"
    "</member></members></family>",
    "DEMEU_MTSZN_SOCIAL": f"<requestNumber>1</requestNumber><person><iin>{MOTHER}</iin><disabilityGroup>2"
    "</disabilityGroup><disabilityChildhood>false</disabilityChildhood><status>pensioner</status>"
    "<benefit><code>asp</code><monthly>100.50</monthly></benefit></person>",
    "DEMEU_ESOCIUM_RECIPIENTS": "<requestNumber>1</requestNumber><registerDate>2026-01-01</registerDate><recipient>"
    f'<iin>{MOTHER}</iin><measure code="asp" state="active"><since>2025-01-01</since></measure></recipient>',
    "DEMEU_SOCIAL_SERVICES": "<requestNumber>1</requestNumber><total>1</total>"
    f"<service><person>{MOTHER}</person><kind>home_care</kind><givenOn>2026-01-01</givenOn></service>",
    "DEMEU_MINFIN_INCOME": f"<requestNumber>1</requestNumber><taxpayer><iin>{MOTHER}</iin><entry><month>2026-01</month>"
    "<source>salary</source><amount>100000.00</amount></entry></taxpayer>",
    "DEMEU_GKB_CREDIT": f'<number>1</number><subject iin="{MOTHER}"><contract creditor="B" kind="rent" '
    'opened="2025-01-01" balance="5.00" overdueAmount="1.00" overdueDays="3"/></subject>',
    "DEMEU_NOBD_EDUCATION": f"<requestNumber>1</requestNumber><learner><iin>{CHILD}</iin><level>school</level>"
    "<grade>5</grade></learner>",
    "DEMEU_MZ_ATTACHMENT": f"<requestNumber>1</requestNumber><patient><iin>{MOTHER}</iin><attached>true</attached>"
    "<attachedSince>2020-01-01</attachedSince><dispensaryRecord>false</dispensaryRecord></patient>",
    "DEMEU_MTS_GAMBLING": f'<query>1</query><checked>{MOTHER}</checked><restriction iin="{MOTHER}" from="2025-01-01" '
    'to="2030-01-01" basis="own_request"/>',
    "DEMEU_MCHS_EVENTS": "<number>A-1</number><revision>1</revision><kind>flood</kind>"
    "<began>2026-04-01T00:00:00+05:00</began><area><kato>351000000</kato></area>",
}


def data_of(service: str, inner: str = "") -> bytes:
    """`data` of an answer."""
    exchange = BY_SERVICE[service]
    content = inner or INNER[service]
    return (
        f'<data xmlns:xsi="{XSI}" xmlns:m="{exchange.namespace}" xsi:type="m:{exchange.answer_type}">{content}</data>'
    ).encode()


def body_of(data: bytes, message_id: str = "m-1") -> bytes:
    """An envelope that carries `data`, unsigned."""
    return (
        (
            f'<s:Envelope xmlns:s="{SOAP}"><s:Body><t:SendMessageResponse xmlns:t="{TYPES}"><response><responseInfo>'
            f"<messageId>{message_id}</messageId><correlationId>c</correlationId><status><code>SCSS001</code></status>"
            "</responseInfo><responseData>"
        ).encode()
        + data
        + b"</responseData></response></t:SendMessageResponse></s:Body></s:Envelope>"
    )


def signed_answer(service: str, inner: str = "") -> bytes:
    """The envelope signed by the bus."""
    return sign_body(body_of(data_of(service, inner)), SHEP.key)


def read_wire(received: bytes, exchange: Exchange) -> list[TypedFact]:
    """What the client and an adapter make of bytes from the network: the path of production without the network."""
    body = verify_wsse(received, AUTHORITY.trust, AT).content
    return exchange.read(checked(read_body(body).data, exchange))


def parsed(data: bytes) -> etree._Element:
    """An element from the outside, as the client parses it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)
