"""Writes the reference pages that have changed and names them."""

from demeu.roles.launch.folders import checkout_folder
from demeu.roles.reference.pages import pages


def main() -> None:
    """Compares every page with its file and writes what differs."""
    folder = checkout_folder() / "docs" / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(checkout_folder()).items():
        file = folder / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            print(f"docs/reference/{name}")  # noqa: T201


if __name__ == "__main__":
    main()
