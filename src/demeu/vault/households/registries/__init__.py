"""State registries, one folder each, all of one shape: `adapter.py` (request, answer ↔ typed facts), `schema.xsd`.

Words: an *exchange* is one kind of message of one service; a *typed fact* is a code and a value about one member.
Always true: an answer is read only from bytes that the registry's signature covers and only when it fits the schema.
"""

from demeu.contracts.words import Registry
from demeu.vault.households.registries.cks import adapter as cks
from demeu.vault.households.registries.exchange import Exchange
from demeu.vault.households.registries.gbd_fl import adapter as gbd_fl
from demeu.vault.households.registries.gkb import adapter as gkb
from demeu.vault.households.registries.ipr import adapter as ipr
from demeu.vault.households.registries.minfin import adapter as minfin
from demeu.vault.households.registries.nobd import adapter as nobd
from demeu.vault.households.registries.pkb import adapter as pkb

EXCHANGES: dict[Registry, tuple[Exchange, ...]] = {
    Registry.GBD_FL: gbd_fl.EXCHANGES,
    Registry.CKS: cks.EXCHANGES,
    Registry.MINFIN: minfin.EXCHANGES,
    Registry.GKB: gkb.EXCHANGES,
    Registry.PKB: pkb.EXCHANGES,
    Registry.NOBD: nobd.EXCHANGES,
    Registry.IPR: ipr.EXCHANGES,
}
