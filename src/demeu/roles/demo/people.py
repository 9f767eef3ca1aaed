"""The cast of the demo: one person per kind of work, with references made from their place in the list."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from demeu.portal.ui.regions import REGIONS
from demeu.sandbox.registries.numbers import synthetic_iin

NAMESPACE = 0x0DE3E0000000_7000_8000_000000000000
ALL_REGIONS = tuple(sorted(code for code in REGIONS if code != "00"))


def reference(kind: int, number: int) -> UUID:
    """A fixed UUID (version 7 form) for the `number`-th thing of a kind, so that every role means the same one."""
    return UUID(int=NAMESPACE | (kind << 32) | number)


@dataclass(frozen=True)
class Member:
    """One person of the cast; `work` says in English what they do at the demo."""

    number: int
    key: str
    role: str
    surname: str
    given_name: str
    patronymic: str
    birth: date
    male: bool
    work: str
    regions: tuple[str, ...] = ()
    bin: str | None = None
    organization: str | None = None
    region_kato: str = "351010000"

    @property
    def ref(self) -> UUID:
        """The person's reference on the platform."""
        return reference(1, self.number)

    @property
    def iin(self) -> str:
        """An artificial number, the same every time."""
        return synthetic_iin(self.birth, male=self.male, chance=random.Random(f"demo-{self.number}"))

    def identity(self) -> dict[str, Any]:
        """What the sandbox's authority certifies and vault keeps sealed."""
        return {
            "key": self.key,
            "iin": self.iin,
            "surname": self.surname,
            "given_name": self.given_name,
            "patronymic": self.patronymic,
            "phone": f"+77000{900_000 + self.number:06d}",
            "bin": self.bin,
            "organization": self.organization,
        }


NGO = "Общественный фонд «Тірек»"
FUND = "Фонд «Демеу»"

CAST: tuple[Member, ...] = (
    Member(1, "mother", "", "Серікова", "Айгүл", "Маратқызы", date(1988, 4, 12), False, "asks for help"),
    Member(2, "donor", "", "Ахметов", "Данияр", "Болатұлы", date(1985, 9, 3), True, "gives, follows the gifts"),
    Member(
        3,
        "curator",
        "curator",
        "Омарова",
        "Сәуле",
        "Ержанқызы",
        date(1979, 2, 21),
        False,
        "reviews applications, publishes cases",
        ALL_REGIONS,
        organization="Центр поддержки семьи",
    ),
    Member(
        4,
        "volunteer",
        "volunteer",
        "Ким",
        "Виктория",
        "Сергеевна",
        date(1994, 7, 30),
        False,
        "visits families, writes the act",
        ALL_REGIONS,
        organization=NGO,
    ),
    Member(
        5,
        "preparer",
        "finance_preparer",
        "Жұмабеков",
        "Ерлан",
        "Серікұлы",
        date(1983, 11, 8),
        True,
        "prepares payouts",
        organization=FUND,
    ),
    Member(
        6,
        "approver",
        "finance_approver",
        "Петрова",
        "Елена",
        "Викторовна",
        date(1975, 5, 17),
        False,
        "approves payouts",
        organization=FUND,
    ),
    Member(
        7,
        "assistant",
        "akimat",
        "Нұрланов",
        "Бауыржан",
        "Қанатұлы",
        date(1990, 1, 25),
        True,
        "fills in applications for others at the akimat",
        ("35", "79"),
        organization="Отдел занятости и соцпрограмм",
    ),
    Member(
        8,
        "auditor",
        "auditor",
        "Сейтқазы",
        "Гүлнар",
        "Асқарқызы",
        date(1971, 8, 14),
        False,
        "reads the audit, changes nothing",
        organization="Счётная палата (демо)",
    ),
    Member(
        9,
        "operator",
        "operator",
        "Ли",
        "Артём",
        "Олегович",
        date(1992, 3, 6),
        True,
        "runs the platform, decides nothing",
        organization="Оператор платформы",
    ),
    Member(
        10,
        "pedagogue",
        "school_pedagogue",
        "Төлегенова",
        "Жанар",
        "Бекқызы",
        date(1987, 6, 19),
        False,
        "checks families' category at a school, with their consent",
        ("35",),
        organization="Школа-лицей № 17 (демо)",
    ),
)


def member(key: str) -> Member:
    """The cast member of that key."""
    return next(one for one in CAST if one.key == key)


PAYEES: list[dict[str, str]] = [
    {
        "payee": str(reference(2, 1)),
        "name": "ТОО «Орто-Сервис Қазақстан»",
        "bin": "940140000385",
        "iban": "KZ62999SUPPLIER00001",
    },
    {
        "payee": str(reference(2, 2)),
        "name": "ТОО «Мектеп киімі»",
        "bin": "990140004654",
        "iban": "KZ35999SUPPLIER00002",
    },
]
