"""Keys of calls for the tests of kept searches, and addresses where nobody answers."""

from demeu.portal.catalogue.tests.conftest import alone as alone
