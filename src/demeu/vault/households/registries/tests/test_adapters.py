"""Reading hand-written answers: what fits becomes typed facts, what does not is refused without repeating a value."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from demeu.contracts.words import Registry
from demeu.vault.households.registries import ADAPTERS, EXCHANGES
from demeu.vault.households.registries.exchange import XSI, Asked, Exchange, TypedFact, Unreadable, checked, tiyn_of
from demeu.vault.households.registries.profile import NOT_CONFIRMED, configured

MOTHER, CHILD = "900101200010", "900101100014"
ASKED = Asked(MOTHER, (MOTHER, CHILD), (MOTHER,), date(2026, 11, 22))
BY_SERVICE = {exchange.service_id: exchange for found in EXCHANGES.values() for exchange in found}


def _answer(exchange: Exchange, inner: str, kind: str = "") -> etree._Element:
    """`data` as it stands in the canonical Body: the type's prefix is no longer bound."""
    return etree.fromstring(f'<data xmlns:xsi="{XSI}" xsi:type="m:{kind or exchange.answer_type}">{inner}</data>')


def _facts(service: str, inner: str) -> list[TypedFact]:
    exchange = BY_SERVICE[service]
    return exchange.read(checked(_answer(exchange, inner), exchange))


def _values(facts: list[TypedFact], iin: str | None = None) -> dict[str, str]:
    return {fact.code: fact.value for fact in facts if fact.iin == iin}


FAMILY = (
    "<requestNumber>1</requestNumber><found>true</found><family><familyId>F</familyId><hardship>1</hardship>"
    "<dwelling><kato>751110000</kato><housingUnits>{units}</housingUnits><tenure>rented</tenure></dwelling>"
    "<property><smallholdingValue>1500.50</smallholdingValue></property><members>"
    f"<member><iin>{MOTHER}</iin><relation>applicant</relation><birthDate>1990-01-01</birthDate>"
    "<working>false</working></member></members></family>"
)


def test_a_family_card_becomes_facts_and_what_is_left_out_stays_unknown() -> None:
    facts = _facts("DEMEU_CKS_FAMILY", FAMILY.format(units=1))
    home, mother = _values(facts), _values(facts, MOTHER)
    assert (home["hardship"], home["housing_units"], home["smallholding_value_tiyn"]) == ("true", "1", "150050")
    assert "passenger_cars" not in home
    assert (mother["relation"], mother["working"]) == ("applicant", "false")
    assert "insured" not in mother


def test_an_unknown_family_is_no_error() -> None:
    facts = _facts("DEMEU_CKS_FAMILY", "<requestNumber>1</requestNumber><found>false</found>")
    assert facts == [TypedFact("known_to_cks", "false")]


@pytest.mark.parametrize("units", ["-1", "many", "10001", ""])
def test_a_number_out_of_bounds_is_refused_and_not_repeated(units: str) -> None:
    with pytest.raises(Unreadable) as refused:
        _facts("DEMEU_CKS_FAMILY", FAMILY.format(units=units))
    assert MOTHER not in str(refused.value)


def test_an_answer_of_another_type_is_refused() -> None:
    exchange = BY_SERVICE["DEMEU_CKS_FAMILY"]
    with pytest.raises(Unreadable):
        checked(_answer(exchange, FAMILY.format(units=1), kind="SocialStatusResponse"), exchange)


def test_income_is_the_average_of_twelve_months_in_tiyn() -> None:
    entries = "".join(
        f"<entry><month>2025-{month:02d}</month><source>salary</source><amount>100000.00</amount></entry>"
        for month in range(11, 13)
    )
    facts = _facts(
        "DEMEU_MINFIN_INCOME",
        f"<requestNumber>1</requestNumber><taxpayer><iin>{MOTHER}</iin>{entries}</taxpayer>"
        f"<taxpayer><iin>{CHILD}</iin></taxpayer>",
    )
    assert _values(facts, MOTHER)["income_monthly_tiyn"] == str(2 * 100_000_00 // 12)
    assert _values(facts, CHILD) == {"income_monthly_tiyn": "0"}


def test_minfin_is_asked_about_the_twelve_full_months_before() -> None:
    (fields,) = BY_SERVICE["DEMEU_MINFIN_INCOME"].requests(ASKED, "n")
    assert fields[-2:] == [("from", "2025-11"), ("to", "2026-10")]
    january = Asked(MOTHER, (MOTHER,), (MOTHER,), date(2026, 1, 31))
    (fields,) = BY_SERVICE["DEMEU_MINFIN_INCOME"].requests(january, "n")
    assert fields[-2:] == [("from", "2025-01"), ("to", "2025-12")]


def _contract(kind: str, overdue: str, days: int) -> str:
    return (
        f'<contract creditor="B" kind="{kind}" opened="2025-01-01" balance="5000.00" overdueAmount="{overdue}"'
        f' overdueDays="{days}"/>'
    )


def test_the_credit_register_sums_debts_and_tells_rent_apart() -> None:
    contracts = _contract("consumer", "1000.00", 91) + _contract("rent", "200.00", 30)
    facts = _facts("DEMEU_GKB_CREDIT", f'<number>1</number><subject iin="{MOTHER}">{contracts}</subject>')
    values = _values(facts, MOTHER)
    assert (values["has_credit"], values["overdue_days"], values["overdue_tiyn"]) == ("true", "91", "120000")
    assert values["home_arrears_tiyn"] == "20000"


def test_a_subject_without_contracts_has_no_credit() -> None:
    facts = _facts("DEMEU_GKB_CREDIT", f'<number>1</number><subject iin="{MOTHER}"/>')
    assert _values(facts, MOTHER)["has_credit"] == "false"


PKB = '<CreditReport xmlns="urn:sandbox:pkb:report:1" IIN="{iin}">{loans}</CreditReport>'
LOAN = (
    "<Loan><Creditor>B</Creditor><Outstanding>10.00</Outstanding>"
    "<PastDue>0.00</PastDue><PastDueDays>0</PastDueDays></Loan>"
)


def _report(document: str) -> list[TypedFact]:
    exchange = BY_SERVICE["DEMEU_PKB_CREDIT"]
    data = etree.Element("data")
    data.text = document
    return exchange.read(checked(data, exchange))


def test_a_voluntary_report_without_loans_says_nothing() -> None:
    assert _report(PKB.format(iin=MOTHER, loans="")) == []
    assert _values(_report(PKB.format(iin=MOTHER, loans=LOAN)), MOTHER)["has_credit"] == "true"


@pytest.mark.parametrize(
    "document",
    [
        "",
        "<CreditReport/>",
        PKB.format(iin="1", loans=""),
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + PKB.format(iin=MOTHER, loans="&b;"),
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + PKB.format(iin=MOTHER, loans="&e;"),
    ],
)
def test_a_bent_report_is_refused(document: str) -> None:
    with pytest.raises(Unreadable):
        _report(document)


def test_enrolment_knows_nowhere_from_unknown() -> None:
    facts = _facts(
        "DEMEU_NOBD_EDUCATION",
        f"<requestNumber>1</requestNumber><learner><iin>{CHILD}</iin><level>none</level></learner>",
    )
    assert _values(facts, CHILD)["school_enrolled"] == "false"
    assert _values(facts, MOTHER) == {}


def test_a_programme_lists_items_with_who_gives_them() -> None:
    facts = _facts(
        "DEMEU_IPR",
        f"<requestNumber>1</requestNumber><programme><iin>{CHILD}</iin><number>1</number><issuedOn>2026-01-01</issuedOn>"
        "<validUntil>2027-01-01</validUntil><limitation>mobility</limitation><item><code>wheelchair_active</code>"
        "<part>social</part><nameKk>а</nameKk><nameRu>а</nameRu><quantity>1</quantity>"
        "<providedByState>false</providedByState></item></programme>",
    )
    assert _values(facts, CHILD)["ipr_item"] == "wheelchair_active:1:person"


def _bare(schema: Path) -> bytes:
    """A schema without its comments, namespace and name: what is left tells two registries apart."""
    root = etree.parse(str(schema), etree.XMLParser(remove_comments=True, remove_blank_text=True)).getroot()
    namespace = root.attrib.pop("targetNamespace").encode()
    return bytes(etree.tostring(root)).replace(namespace, b"")


def test_no_two_registries_have_the_same_schema() -> None:
    schemas = {registry: {_bare(one.schema) for one in found} for registry, found in EXCHANGES.items()}
    everything = [bare for found in schemas.values() for bare in found]
    assert len(set(everything)) == len(everything) == len(EXCHANGES)
    assert set(EXCHANGES) == set(Registry) - {Registry.INSTITUTION}


def test_every_folder_has_the_same_shape() -> None:
    for registry, adapter in ADAPTERS.items():
        folder = Path(adapter.__file__ or "").parent
        files = {path.name for path in folder.iterdir() if path.is_file()}
        assert (folder.name, files) == (registry.value, {"__init__.py", "adapter.py", "schema.xsd"})
        assert adapter.FIELDS and adapter.PROFILE.basis
        confirmed = adapter.PROFILE.basis != NOT_CONFIRMED
        assert confirmed or "not confirmed" in (folder / "__init__.py").read_text()


def test_the_operator_s_file_changes_a_profile_and_never_widens_a_use(tmp_path: Path) -> None:
    file = tmp_path / "registries.toml"
    file.write_text('[nobd]\ntime_limit_s = 3\n[nobd.service_names]\nDEMEU_NOBD_EDUCATION = "MON_READ"\n')
    profile = configured("nobd", ADAPTERS[Registry.NOBD].PROFILE, file)
    assert (profile.time_limit_s, profile.wire_name("DEMEU_NOBD_EDUCATION")) == (3, "MON_READ")
    for wrong in ("time_limit_s = 0", 'uses = ["donation"]', "tries_max = 1000"):
        file.write_text(f"[nobd]\n{wrong}\n# {wrong} once more\n")
        with pytest.raises((ValueError, KeyError)):
            configured("nobd", ADAPTERS[Registry.NOBD].PROFILE, file)


@pytest.mark.parametrize("text", ["1.001", "-1", "NaN", "1e30", "", "Infinity"])
def test_an_impossible_amount_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        tiyn_of(text)
