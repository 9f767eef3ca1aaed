"""The portal's own settings with two bare pages more, to measure beside."""

from demeu.roles.settings.portal import *  # noqa: F403

ROOT_URLCONF = "catalogue.addresses"
