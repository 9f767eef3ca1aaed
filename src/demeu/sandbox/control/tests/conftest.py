"""The authority and the systems are made once for all tests of the controls: keys take time."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the sandbox's authority in it."""
    from demeu.sandbox.identity.actions import found_authorities
    from demeu.sandbox.identity.systems import enrol_systems

    with django_db_blocker.unblock():
        found_authorities()
        enrol_systems()
