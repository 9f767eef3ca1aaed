"""State registries, one folder each, all of one shape: `adapter.py` (request, answer ↔ typed facts, field map, profile)
and `schema.xsd`.

Words: an *exchange* is one kind of message of one service; a *typed fact* is a code and a value about one member.
Always true: an answer is read only from bytes that the registry's signature covers and only when it fits the schema.
"""

from types import ModuleType

from django.conf import settings

from demeu.contracts.words import Purpose, Registry
from demeu.vault.households.registries.cks import adapter as cks
from demeu.vault.households.registries.esocium import adapter as esocium
from demeu.vault.households.registries.exchange import Channel, Exchange
from demeu.vault.households.registries.gbd_fl import adapter as gbd_fl
from demeu.vault.households.registries.gbd_ul import adapter as gbd_ul
from demeu.vault.households.registries.gkb import adapter as gkb
from demeu.vault.households.registries.ipr import adapter as ipr
from demeu.vault.households.registries.mchs import adapter as mchs
from demeu.vault.households.registries.minfin import adapter as minfin
from demeu.vault.households.registries.mts import adapter as mts
from demeu.vault.households.registries.mtszn import adapter as mtszn
from demeu.vault.households.registries.mvd import adapter as mvd
from demeu.vault.households.registries.mz import adapter as mz
from demeu.vault.households.registries.nobd import adapter as nobd
from demeu.vault.households.registries.pkb import adapter as pkb
from demeu.vault.households.registries.profile import Profile, configured
from demeu.vault.households.registries.social_services import adapter as social_services

ADAPTERS: dict[Registry, ModuleType] = {
    Registry.GBD_FL: gbd_fl,
    Registry.CKS: cks,
    Registry.MTSZN: mtszn,
    Registry.ESOCIUM: esocium,
    Registry.SOCIAL_SERVICES: social_services,
    Registry.MINFIN: minfin,
    Registry.GKB: gkb,
    Registry.PKB: pkb,
    Registry.NOBD: nobd,
    Registry.IPR: ipr,
    Registry.MZ: mz,
    Registry.MTS: mts,
    Registry.MCHS: mchs,
    Registry.MVD: mvd,
    Registry.GBD_UL: gbd_ul,
}
EXCHANGES: dict[Registry, tuple[Exchange, ...]] = {registry: module.EXCHANGES for registry, module in ADAPTERS.items()}
NOTICES: dict[str, tuple[Registry, Exchange]] = {
    exchange.service_id: (registry, exchange)
    for registry, exchanges in EXCHANGES.items()
    for exchange in exchanges
    if exchange.channel is Channel.NOTICE
}


def profile_of(registry: Registry) -> Profile:
    """How the registry is asked, with what the operator's file changes."""
    return configured(registry.value, ADAPTERS[registry].PROFILE, settings.DEMEU_VAULT_REGISTRIES)


def asked_for(registry: Registry, use: Purpose) -> bool:
    """Whether this registry may be asked and shown for this use at all; consent and policy come on top."""
    return registry in ADAPTERS and use in profile_of(registry).uses
