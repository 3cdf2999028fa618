"""Coverage-guided fuzzing with atheris (https://github.com/google/atheris), for hours and by hand.

    pip install atheris
    python -m tests.fuzz.run TARGET [FOLDER] [-max_total_time=600 -timeout=20 …libFuzzer's own options]

FOLDER keeps what was found interesting. A failing input is written to `crash-…` in the current folder; once mended it
belongs into `tests/fuzz/kept/TARGET-what-it-was`, where `tests/test_fuzz.py` tries it for ever.
"""

from __future__ import annotations

import sys

import atheris  # type: ignore[import-not-found]


def main() -> None:
    """Fuzz the target that the command line names."""
    with atheris.instrument_imports(include=["generator", "markdown_it", "yaml"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
