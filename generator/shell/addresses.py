"""Where a git host publishes the pages of a repository, by the address that it is pushed to."""

from __future__ import annotations

import re

#: Host → whose pages live at what domain.
_HOSTS = {"github.com": "github.io", "gitlab.com": "gitlab.io", "codeberg.org": "codeberg.page"}
#: `git@host:owner/name.git`, `ssh://git@host/owner/name`, `https://user@host/owner/name.git/`.
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^@/\s]+@)?([\w.-]+)(?::\d+)?[:/]+([\w.-]+)/([\w./-]+?)(?:\.git)?/?"
)


def pages_address(remote: str) -> str:
    """Return the address at which the pages of a repository are published; '' where that is not known.

    A repository that is called like the pages' own host (`owner/owner.github.io`) is a user's site, at the root; any
    other is a project's, below its name.
    """
    match = _REMOTE.fullmatch(remote.strip())
    if not match or match[1].lower() not in _HOSTS:
        return ""
    owner, name = match[2].lower(), match[3]
    host = f"{owner}.{_HOSTS[match[1].lower()]}"
    own = name.lower() in (host, "pages") if match[1].lower() == "codeberg.org" else name.lower() == host
    return f"https://{host}/" if own else f"https://{host}/{name}/"
