"""The examples in docstrings, run."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

import generator

#: The public functions whose docstrings must hold examples.
SHOWN = ("align", "group", "sentences", "word_changes")


@pytest.mark.parametrize("name", SHOWN)
def test_examples_give_what_they_say(name: str) -> None:
    """Every example in a public function's docstring gives what is printed under it."""
    function = getattr(generator, name)
    module = import_module(function.__module__)
    (found,) = doctest.DocTestFinder(recurse=False).find(function, name, module)
    assert found.examples
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found, out=failures.append)
    assert not failures, "".join(failures)
