"""Where `ssg` begins: what can be answered at once is, before anything is imported that takes time."""

import sys

from generator.version import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        print(f"ssg, version {__version__}")
        return
    from generator.shell.cli import main as run

    run()
