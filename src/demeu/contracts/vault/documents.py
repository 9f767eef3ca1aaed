"""Documents and uploads, kept sealed."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from demeu.kernel.operations import Message, Operation


class DocumentPut(Message):
    """Keep a text document (JSON answers of an application, a visit act, a delivery act) about a subject.

    `sealed`: the text is a JWE sealed to vault (`demeu.kernel.sealing`), to be unsealed before it is kept.
    """

    subject: str = Field(max_length=120)
    kind: str = Field(max_length=40)
    person: UUID | None = None
    text: str = Field(max_length=100_000)
    sealed: bool = False


class FilePut(Message):
    """Keep an uploaded file: content is checked, images are decoded and re-encoded without metadata."""

    subject: str = Field(max_length=120)
    kind: str = Field(max_length=40)
    person: UUID | None = None
    file_name: str = Field(max_length=200)
    content_b64: str = Field(max_length=14_000_000)


class DocumentKept(Message):
    """Kept; `sha256` is of the stored bytes. `state`: clean or quarantined."""

    document: UUID
    sha256: str
    state: str


class DocumentQuestion(Message):
    """One document."""

    document: UUID


class Document(Message):
    """A document with its content (base64)."""

    document: UUID
    subject: str
    kind: str
    media_type: str
    content_b64: str
    sha256: str
    at: datetime


class DocumentsQuestion(Message):
    """Some documents."""

    documents: tuple[UUID, ...] = Field(max_length=200)


class DocumentTwin(Message):
    """An earlier document of another subject with the same bytes, or a picture that looks the same.

    `bits` is how many of 256 differ between the two looks; 0 for the same bytes.
    """

    document: UUID
    other: UUID
    other_subject: str
    other_kind: str
    how: Literal["same_bytes", "looks_alike"]
    bits: int


class DocumentTwins(Message):
    """Twins of the documents asked about; nothing of their content."""

    twins: tuple[DocumentTwin, ...]


DOCUMENT_TWINS = Operation("documents.twins", DocumentsQuestion, DocumentTwins, repeatable=True)
DOCUMENT_PUT = Operation("documents.put", DocumentPut, DocumentKept, intake=True)
FILE_PUT = Operation("documents.upload", FilePut, DocumentKept, intake=True)
DOCUMENT_GET = Operation("documents.get", DocumentQuestion, Document, repeatable=True)
