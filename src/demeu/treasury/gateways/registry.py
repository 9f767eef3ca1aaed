"""Which gateways there are."""

from collections.abc import Callable

from demeu.kernel.errors import not_found
from demeu.treasury.gateways.freedom.gateway import freedom_gateway
from demeu.treasury.gateways.halyk.gateway import halyk_gateway
from demeu.treasury.gateways.kaspi.gateway import kaspi_gateway
from demeu.treasury.gateways.ports import Gateway
from demeu.treasury.gateways.tiptop.gateway import tiptop_gateway
from demeu.treasury.gateways.transfer.gateway import transfer_gateway


def known_gateways() -> dict[str, Callable[[], Gateway]]:
    """Every gateway by its name, in the order in which donors see them."""
    return {
        "halyk": halyk_gateway,
        "kaspi": kaspi_gateway,
        "freedom": freedom_gateway,
        "tiptop": tiptop_gateway,
        "transfer": transfer_gateway,
    }


def gateway_named(name: str) -> Gateway:
    """A gateway by its name; raises `gateway.unknown`."""
    make = known_gateways().get(name)
    if make is None:
        raise not_found("gateway.unknown", gateway=name)
    return make()
