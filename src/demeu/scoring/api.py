"""Operations that the scoring serves; each handler only translates."""

from demeu.kernel.serving import operation_api

api = operation_api("scoring")
