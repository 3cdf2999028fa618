"""`python -m generator`: the same as `ssg`."""

from generator.shell.cli import main

main()
