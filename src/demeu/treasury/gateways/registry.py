"""Which gateways there are."""

from demeu.kernel.errors import not_found
from demeu.treasury.gateways.halyk.gateway import halyk_gateway
from demeu.treasury.gateways.ports import Gateway


def gateway_named(name: str) -> Gateway:
    """A gateway by its name; raises `gateway.unknown`."""
    if name != "halyk":
        raise not_found("gateway.unknown", gateway=name)
    return halyk_gateway()
