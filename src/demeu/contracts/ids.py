"""Typed identifiers. A `PersonRef` is opaque: only vault can tell who is behind it."""

from typing import NewType
from uuid import UUID

PersonRef = NewType("PersonRef", UUID)
HouseholdRef = NewType("HouseholdRef", UUID)
PayeeRef = NewType("PayeeRef", UUID)
ConsentId = NewType("ConsentId", UUID)
DocumentId = NewType("DocumentId", UUID)
SignatureId = NewType("SignatureId", UUID)
ApplicationId = NewType("ApplicationId", UUID)
CaseId = NewType("CaseId", UUID)
ItemId = NewType("ItemId", UUID)
GiftId = NewType("GiftId", UUID)
PayoutId = NewType("PayoutId", UUID)
