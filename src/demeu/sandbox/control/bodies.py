"""Shapes of the control API's requests."""

from typing import Literal

from pydantic import AwareDatetime, Field

from demeu.sandbox.control.json_call import Body
from demeu.sandbox.registries.population import DEFAULT_KIND

Iin = str


class NewFamily(Body):
    """`POST /control/families`."""

    kind: str = DEFAULT_KIND
    seed: int | None = Field(default=None, ge=0, lt=2**60)
    official_category: int | None = None


class NewKey(Body):
    """`POST /control/keys`."""

    iin: Iin = Field(pattern=r"^\d{12}$")
    purpose: Literal["sign", "auth"] = "sign"
    algorithm: Literal["gost2015-512", "rsa2048-sha256"] = "gost2015-512"
    expired: bool = False


class PickedKey(Body):
    """`POST /control/keys/current`: a key id, or the IIN of its owner."""

    key_id: str = ""
    iin: str = ""


class NcalayerOrder(Body):
    """`POST /control/ncalayer`."""

    cancel_next: Literal[True]


class SignOrder(Body):
    """`POST /control/sign`, asked by the sandbox NCALayer."""

    format: str
    data: str | list[str]
    key: str = ""
    purpose: Literal["sign", "auth"] = "sign"
    encapsulate: bool = False
    decode: bool = True
    digested: bool = False


class FaultOrder(Body):
    """`POST /control/faults`."""

    service: str = Field(min_length=1, max_length=64)
    fault: str
    iin: str = Field(default="", max_length=12)
    times: int | None = None
    delay_s: float = 30.0


class NewEmergency(Body):
    """`POST /control/emergencies`: what МЧС or МВД tells by itself."""

    service: Literal["DEMEU_MCHS_EVENTS", "DEMEU_MVD_INCIDENTS"] = "DEMEU_MCHS_EVENTS"
    kind: str = Field(default="flood", max_length=20)
    areas: list[str] = Field(min_length=1, max_length=50)
    number: str = Field(default="", pattern=r"^[A-Z0-9-]{0,40}$")
    began: AwareDatetime | None = None
    ended: AwareDatetime | None = None
    revision: int = Field(default=1, ge=1, le=1000)


class NewOrganization(Body):
    """`POST /control/organizations`."""

    bin: str = Field(pattern=r"^\d{12}$")
    name_ru: str = Field(max_length=200)
    name_kk: str = Field(max_length=200)
    kind: str = "company"
    active: bool = True
