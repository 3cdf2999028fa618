"""The door to git: its plumbing, called with arguments that nobody can mistake for options."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from generator.errors import OutputError
from generator.values import dataclass


class GitError(OutputError):
    """Git's own words on why it refused."""


@dataclass(frozen=True, slots=True)
class Git:
    """A repository to work in, and the environment to do it with."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, given: bytes = b"") -> str:
        """Return what git prints, white space at its end taken off.

        :param given: its standard input.
        :raises GitError: if git is not installed, or fails.
        """
        return self.bytes(*arguments, given=given).decode("utf-8", "replace").rstrip()

    def bytes(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git prints, to the byte; see `__call__`."""
        try:
            done = subprocess.run(  # noqa: S603 - a list of arguments, no shell
                ["git", *arguments],  # noqa: S607 - the user's own git, from their path
                cwd=self.folder,
                input=given,
                capture_output=True,
                env={**os.environ, **self.environment},
                check=False,
            )
        except FileNotFoundError:
            raise GitError("git is not installed, or not on the path – install it") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
            raise GitError(f"git {arguments[0]}: {said}")
        return done.stdout
