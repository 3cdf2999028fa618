"""Fuzzing: what may be fed to the program, and the promises that hold for any input."""
