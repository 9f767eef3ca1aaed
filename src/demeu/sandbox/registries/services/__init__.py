"""The registers behind ШЭП: one module each, and the table that finds them by serviceId."""

from demeu.sandbox.registries.services import (
    cks,
    esocium,
    gbdfl,
    gbdul,
    gkb,
    ipr,
    kdp,
    minfin,
    mts,
    mtszn,
    mz,
    nobd,
    pkb,
    services_given,
)
from demeu.sandbox.registries.services.register import Register

REGISTERS: dict[str, Register] = {
    register.service_id: register
    for register in (
        *kdp.REGISTERS,
        gbdfl.REGISTER,
        cks.REGISTER,
        mtszn.REGISTER,
        esocium.REGISTER,
        services_given.REGISTER,
        minfin.REGISTER,
        gkb.REGISTER,
        pkb.REGISTER,
        nobd.REGISTER,
        ipr.REGISTER,
        *mz.REGISTERS,
        mts.REGISTER,
        gbdul.REGISTER,
    )
}
