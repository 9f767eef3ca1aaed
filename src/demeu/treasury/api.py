"""Operations that the treasury serves; each handler only translates."""

from demeu.kernel.serving import operation_api

api = operation_api("treasury")
