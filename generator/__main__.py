"""`python -m generator`: the same as `ssg`."""

from generator.shell.start import main

main()
