"""The information systems the sandbox knows: vault's, ШЭП's own, and the organization's RSA key for КДП."""

from demeu.sandbox.identity import actions
from demeu.sandbox.identity.models import HeldKey
from demeu.sandbox.signing import keys

SHEP_UID = "1.2.398.3.99.1"
VAULT_UID = "1.2.398.3.99.2"
KDP_UID = "1.2.398.3.99.3"
VAULT_BIN = "230940000019"
_FUND = 'ҚҚ "Демеу" (sandbox)'


def enrol_systems() -> dict[str, HeldKey]:
    """The systems with their keys, made when missing."""
    return {
        SHEP_UID: actions.enrol_system(
            uid=SHEP_UID, common_name='ИС "ШЭП (sandbox)"', organization='АО "НИТ" (sandbox)', bin="230940000029"
        ),
        VAULT_UID: actions.enrol_system(
            uid=VAULT_UID, common_name='ИС "Demeu vault (sandbox)"', organization=_FUND, bin=VAULT_BIN
        ),
        KDP_UID: actions.enrol_system(
            uid=KDP_UID, common_name='ИС "Demeu КДП (sandbox)"', organization=_FUND, bin=VAULT_BIN, algorithm=keys.RSA
        ),
    }
