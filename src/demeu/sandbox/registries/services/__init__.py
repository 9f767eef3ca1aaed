"""The registers behind ШЭП: one module each, and the table that finds them by serviceId."""

from demeu.sandbox.registries.services import cks, gbdfl, gkb, ipr, kdp, minfin, mtszn, nobd, pkb
from demeu.sandbox.registries.services.register import Register

REGISTERS: dict[str, Register] = {
    register.service_id: register
    for register in (
        kdp.REGISTER,
        gbdfl.REGISTER,
        cks.REGISTER,
        mtszn.REGISTER,
        minfin.REGISTER,
        gkb.REGISTER,
        pkb.REGISTER,
        nobd.REGISTER,
        ipr.REGISTER,
    )
}
