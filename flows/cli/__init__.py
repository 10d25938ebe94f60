"""The command line: one file a noun."""


def main() -> None:
    """Run the command `rapor`."""
