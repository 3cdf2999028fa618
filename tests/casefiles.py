"""Case files: groups of title / `.` / input / `.` / expected / `.`, after markdown-it-py's fixtures."""

from __future__ import annotations

from pathlib import Path


def read_cases(path: Path | str) -> list[tuple[str, str, str]]:
    """Return `(title, input, expected)` for every group of a file, without the last line break of each part."""
    parts: list[str] = []
    lines: list[str] = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line == ".":
            parts.append("\n".join(lines))
            lines = []
        else:
            lines.append(line)
    if any(line.strip() for line in lines) or len(parts) % 3:
        raise ValueError(f"{path}: the last group is not closed by a line with a lone full stop")
    return [(parts[n].strip(), parts[n + 1], parts[n + 2]) for n in range(0, len(parts), 3)]
