"""What a build has to tell, apart from how it is told: to a person, to a script, to the next build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from generator.errors import Problem, SourceError
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.ingest.planned import IngestPlan
    from generator.model import Config
    from generator.pipeline import Site
    from generator.shell.call import Call
    from generator.site.summary import Summary


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished build in numbers and messages."""

    output: str
    files: int
    changed: int
    """Files of the site that are new or other than before."""
    stories: tuple[Mapping[str, Any], ...]
    content_written: tuple[str, ...]
    removed_lines: Mapping[str, int]
    """Seed → how many of its lines cleaning took out."""
    warnings: tuple[Problem, ...]
    told: int = 0
    """Stories that were told anew; the others stand as the last build has left them."""
    drafts: int = 0
    """Drafts that were left out."""
    left_out: tuple[Problem, ...] = ()
    """What is wrong with the sources that the site was built without."""
    later: tuple[tuple[str, str], ...] = ()
    """Path and day of what is left out until then."""

    def again(self) -> Outcome:
        """Return the outcome of a build that found nothing changed."""
        return replace(self, changed=0, content_written=(), told=0)

    def written(self) -> dict[str, Any]:
        """Return the outcome as JSON values; what `ssg build --json` prints."""
        return {
            "version": 1,
            "output": self.output,
            "files": self.files,
            "changed": self.changed,
            "stories": list(self.stories),
            "told": self.told,
            "drafts": self.drafts,
            "content_written": list(self.content_written),
            "removed_lines": dict(self.removed_lines),
            "warnings": as_values(self.warnings),
            "left_out": as_values(self.left_out),
            "later": [{"path": path, "date": day} for path, day in self.later],
        }

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Outcome:
        """Return the outcome that `written` gave.

        :raises KeyError: for values that are none.
        """
        return cls(
            output=values["output"],
            files=values["files"],
            changed=values["changed"],
            stories=tuple(values["stories"]),
            content_written=tuple(values["content_written"]),
            removed_lines=values["removed_lines"],
            warnings=tuple(Problem(**found) for found in values["warnings"]),
            told=values["told"],
            drafts=values["drafts"],
            left_out=tuple(Problem(**found) for found in values["left_out"]),
            later=tuple((found["path"], found["date"]) for found in values["later"]),
        )

    def lines(self, *, listed: bool = True) -> list[str]:
        """Return what a person is told, after the warnings; *listed* says whether all of these have been."""
        articles = sum(story["articles"] for story in self.stories)
        return [
            *told_ingest(self.removed_lines, len(self.content_written)),
            *self._skipped(),
            f"site: {count(len(self.stories), 'story', 'stories')}, {count(articles, 'article')},"
            f" {count(self.files, 'file')} in {self.output}/, {self.changed:,} of them new or changed",
            *self._warned(listed),
        ]

    def _warned(self, listed: bool) -> list[str]:
        where = "listed above" if listed else "the first of each kind listed above"
        return [f"{count(len(self.warnings), 'warning')}, {where}"] if len(self.warnings) > 1 else []

    def _skipped(self) -> list[str]:
        """Return what was not done, and why."""
        lines = []
        if self.left_out:
            files = len({problem.path for problem in self.left_out})
            lines.append(f"left out: {count(files, 'file')} with {count(len(self.left_out), 'problem')}, told above")
        if self.drafts:
            lines.append(f"left out: {count(self.drafts, 'draft')} (--drafts builds them)")
        if self.later:
            lines.append(told_later(self.later))
        if self.told < len(self.stories):
            kept = len(self.stories) - self.told
            lines.append(f"unchanged: {count(kept, 'story', 'stories')}, not told again (ssg explain PAGE says why)")
        return lines


def outcome_of(site: Site, config: Config, files: int, changed: int, told: int, drafts: int) -> Outcome:
    """Return what is to be told of *site*."""
    return Outcome(
        output=config.output,
        files=files,
        changed=changed,
        stories=tuple(map(told_of, site.summaries)),
        content_written=tuple(sorted(site.ingest.writes)),
        removed_lines=removed_lines(site.ingest),
        warnings=site.warnings,
        told=told,
        drafts=drafts,
        left_out=site.left_out,
        later=site.later,
    )


def told_of(summary: Summary) -> dict[str, Any]:
    """Return what is to be told of a story."""
    return {
        "slug": summary.slug,
        "title": summary.title,
        "articles": len(summary.articles),
        "passages": summary.passages,
        "pairs": summary.pairs,
    }


def removed_lines(plan: IngestPlan) -> dict[str, int]:
    """Return how many lines cleaning takes out of each seed."""
    return {seed: len(lines) for seed, lines in sorted(plan.removed.items())}


def told_ingest(removed: Mapping[str, int], written: int) -> list[str]:
    """Return what a person is told of an ingest."""
    lines = []
    if removed:
        lines.append(
            f"seeds: {count(len(removed), 'capture')}, {count(sum(removed.values()), 'line')} taken out as boilerplate"
            " (ssg ingest --show-removed prints them)"
        )
    if written:
        lines.append(f"content: {count(written, 'file')} written")
    return lines


def told_later(later: tuple[tuple[str, str], ...]) -> str:
    """Return what a person is told of what is dated in the future."""
    first = min(day for _, day in later)
    when = f"until {first}" if len(later) == 1 else f"until their days, the first on {first}"
    named = ", ".join(path for path, _ in later[:5]) + ", …" * (len(later) > 5)
    return f"left out {when}: {named} (--future builds {'it' if len(later) == 1 else 'them'})"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 file`, `2 files`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def tell(outcome: Outcome, call: Call, *, strict: bool) -> None:
    """Tell whoever called what became of a build.

    :raises SourceError: with the warnings, where they count as errors.
    """
    call.complain(outcome.left_out)
    listed = call.warn(outcome.warnings)
    if strict and outcome.warnings:
        raise SourceError(outcome.warnings)
    for line in outcome.lines(listed=listed):
        call.say(line)
    call.answer(outcome.written())


def as_values(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as JSON values."""
    return [
        {"path": found.path, "line": found.line, "column": found.column, "message": found.message} for found in problems
    ]
