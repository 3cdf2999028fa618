"""Where `ssg` begins: what can be answered at once is, before anything heavy is imported. And where it ends."""

import sys

from generator.version import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        print(f"ssg, version {__version__}")
        return
    import gc
    import os

    # Numpy's matrices are small, and threads for them would only stand beside the processes that are forked.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A build makes hundreds of thousands of values and hardly a circle of references: the collector is asked to look
    # for them seldom, a twentieth of a build's time else.
    gc.set_threshold(250_000, 20, 50)
    status = _ending_soon()
    try:
        from generator.shell.unchanged import found_by, told

        found = found_by(sys.argv[1:])
        if found and told(found, sys.argv[1:]):
            status.append(0)
            return
        from generator.shell.cli import main as run

        run(found)
    except KeyboardInterrupt:  # before click is there to hear it
        print("\nAborted!", file=sys.stderr)
        status.append(1)
        raise SystemExit(1) from None
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            status.append(end.code or 0)
        raise


def _ending_soon() -> list[int]:
    """Let the process end, once a status is in the list that is returned, without freeing one value after the other.

    That takes a twentieth of a small build. All else that is registered to be done at the end is done before; where
    something was registered before we came, the end is left to Python.
    """
    import atexit
    import os

    status: list[int] = []

    def leave() -> None:
        if not status:
            return
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError, AttributeError):  # nobody reads it, which Python tells in its own way
            return
        os._exit(status[0] & 0xFF)

    if not getattr(atexit, "_ncallbacks", lambda: 1)():
        atexit.register(leave)
    return status
