"""The one error of the launcher: what is wrong and what mends it, for a person at a terminal."""


class CannotStart(Exception):
    """The platform cannot start or continue; ``fix`` says what the operator can do about it."""

    def __init__(self, wrong: str, fix: str) -> None:
        super().__init__(f"{wrong} {fix}")
        self.wrong = wrong
        self.fix = fix


class PortLost(CannotStart):
    """Another program took a port between choosing it and using it; another choice may work."""
