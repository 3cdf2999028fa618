"""Where `ssg` begins: what can be answered at once is, before anything is imported that takes time."""

import sys

from generator.version import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        print(f"ssg, version {__version__}")
        return
    import gc

    # A build makes hundreds of thousands of values and hardly a circle of references: the collector is asked to look
    # for them seldom, a twentieth of a build's time else.
    gc.set_threshold(50_000, 20, 50)
    from generator.shell.cli import main as run

    run()
