"""Legal entities of the country that does not exist: a few that are always there, others made on demand. Pure."""

from dataclasses import dataclass

from demeu.sandbox.identity.systems import VAULT_BIN
from demeu.sandbox.registries.names import INSTITUTION_BIN


@dataclass(frozen=True)
class Organization:
    """One organization; `kind` is company, fund, union or state."""

    bin: str
    name_ru: str
    name_kk: str
    kind: str
    since: str = "2015-03-02"
    active: bool = True


ALWAYS_THERE = {
    one.bin: one
    for one in (
        Organization(VAULT_BIN, 'Общественный фонд "Демеу"', '"Демеу" қоғамдық қоры', "fund", "2023-09-04"),
        Organization(INSTITUTION_BIN, 'КГУ "Школа № 12"', '"№ 12 мектеп" КММ', "state", "1999-04-01"),
    )
}
KINDS = ("company", "fund", "union", "state")
