"""More than one machine: a real Dask scheduler with real workers, and what happens when one of them is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.shell.cluster import MISSING
from tests import projects
from tests.projects import project_of
from tests.waiting import LIMIT

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'variorum[cluster]'")

DASK = str(Path(sys.executable).parent / "dask")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers on this machine, in folders of their own; end them."""
    folder = tmp_path_factory.mktemp("dask")
    address = folder / "scheduler.json"
    common = ["--scheduler-file", str(address), "--no-dashboard"]
    with _running([DASK, "scheduler", "--host", "127.0.0.1", "--port", "0", *common], folder) as one:
        worker = [DASK, "worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", *common]
        with _running(worker, folder) as two, _running(worker, folder) as three:
            deadline = time.monotonic() + LIMIT
            while not address.exists() or not address.read_text(encoding="utf-8").rstrip().endswith("}"):
                assert time.monotonic() < deadline
                assert one.poll() is None
                time.sleep(0.05)
            found = re.search(r'"address": "(tcp://[^"]+)"', address.read_text(encoding="utf-8"))
            assert found
            with distributed.Client(found[1], set_as_default=False) as client:
                client.wait_for_workers(2, timeout=LIMIT)
            yield found[1], [two, three]


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=folder, **quiet)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _site(root: Path, *arguments: str) -> dict[str, bytes]:
    result = projects.ssg(root, "build", *arguments)
    assert result.exit_code == 0, result.output
    return projects.tree(root / "site")


HOOKS = """
import dataclasses


def before_render(page):
    return dataclasses.replace(page, title=page.title.upper())
"""


def test_a_cluster_gives_what_one_process_gives(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """Two workers of a scheduler, which share no folder with the project, make the same site, its hooks included."""
    near = project_of(tmp_path / "near", 10, HOOKS)
    far = project_of(tmp_path / "far", 10, HOOKS)
    assert _site(far, "--engine", "dask", "--scheduler", scheduler[0]) == _site(near, "--engine", "here")
    assert "unchanged" in projects.ssg(far, "build", "--engine", "dask", "--scheduler", scheduler[0]).output


def test_problems_come_back_from_a_cluster(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """What is wrong with a source is told with its place, wherever it was found."""
    root = project_of(tmp_path, 3)
    (root / "content/stories/bridge-0/one.md").write_text("---\ndraft: perhaps\n---\n\nText.\n", encoding="utf-8")
    result = projects.ssg(root, "build", "--engine", "dask", "--scheduler", scheduler[0])
    assert result.exit_code == 1
    assert "content/stories/bridge-0/one.md:2:1: draft: expected true or false" in result.output


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")
def test_a_killed_worker_loses_nothing(scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    """When a worker is killed in mid-build the other one does its stories, and the site is whole."""
    address, workers = scheduler
    near, far = project_of(tmp_path / "near", 24), project_of(tmp_path / "far", 24)
    expected = _site(near, "--engine", "here")
    with _begun(far, address) as build:
        os.kill(workers[1].pid, signal.SIGKILL)
        _, said = build.communicate(timeout=5 * LIMIT)
    assert build.returncode == 0, said.decode()
    assert projects.tree(far / "site") == expected


@contextmanager
def _begun(root: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Begin a build on a cluster; yield it as soon as stories of it have come back."""
    command = [sys.executable, "-m", "generator", "-C", str(root), "build", "--engine", "dask", "--scheduler", address]
    build = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    stage = root / ".site.ssg-new" / "stories"
    while build.poll() is None and not (stage.is_dir() and any(stage.iterdir())):
        time.sleep(0.01)
    yield build


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")
def test_the_last_worker_killed_and_another_that_comes(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """When all workers are killed in mid-build whoever comes next does what went with them."""
    address, workers = scheduler
    near, far = project_of(tmp_path / "near", 40), project_of(tmp_path / "far", 40)
    expected = _site(near, "--engine", "here")
    with _begun(far, address) as build:
        for worker in workers:
            worker.kill()
        command = [DASK, "worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        with _running(command, tmp_path):
            _, said = build.communicate(timeout=5 * LIMIT)
    assert build.returncode == 0, said.decode()
    assert projects.tree(far / "site") == expected


def test_a_cluster_of_its_own(tmp_path: Path) -> None:
    """Without an address a cluster is started on this machine, and ended with the build."""
    near, far = project_of(tmp_path / "near", 3), project_of(tmp_path / "far", 3)
    command = [sys.executable, "-m", "generator", "-C", str(far), "build", "--engine", "dask", "-j", "1"]
    subprocess.run(command, check=True, timeout=5 * LIMIT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert projects.tree(far / "site") == _site(near, "--engine", "here")


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without a scheduler, which asks for a cluster by itself, and a missing library are told."""
    root = project_of(tmp_path, 2)
    monkeypatch.setattr("generator.shell.cluster._PATIENCE", 1)
    for engine in (["--engine", "dask"], []):
        result = projects.ssg(root, "build", *engine, "--scheduler", "tcp://127.0.0.1:9")
        assert result.exit_code == 1
        assert "tcp://127.0.0.1:9: no scheduler answers there" in result.output
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert MISSING in projects.ssg(root, "build", "--engine", "dask").output
    assert not (root / "site").exists()


@pytest.mark.parametrize("address", ["tcp://schedular.invalid:8786", "schedular.invalid", "tls://schedular.invalid:1"])
def test_a_host_that_nobody_knows(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler's host that has no address is told at once, and Dask is not asked to wait for it."""
    monkeypatch.setattr("generator.shell.cluster._PATIENCE", 10 * LIMIT)
    monkeypatch.setattr("distributed.Security.get_connection_args", lambda *_: {"ssl_context": True})
    monkeypatch.setattr("distributed.Client", None)
    result = projects.ssg(project_of(tmp_path, 2), "build", "--scheduler", address)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {address}: no scheduler answers there (")


def test_certificates_that_nobody_has_named(tmp_path: Path) -> None:
    """An address that asks for certificates is refused at once where Dask knows of none, with where to name them."""
    result = projects.ssg(project_of(tmp_path, 2), "build", "--scheduler", "tls://127.0.0.1:9")
    assert result.exit_code == 1
    assert result.stderr == (
        "error: tls://127.0.0.1:9: a scheduler at tls:// asks for certificates – "
        "name them under distributed.comm.tls in Dask's settings\n"
    )


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs groups of processes")
@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_ctrl_c_ends_a_cluster_of_ours(tmp_path: Path, seconds: float) -> None:
    """Ctrl-C, which a terminal sends to the workers, too, ends them and the build, and none of them tells of it."""
    root = project_of(tmp_path, 40)
    command = [sys.executable, "-m", "generator", "-C", str(root), "build", "--engine", "dask", "-j", "2"]
    build = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    while build.poll() is None and not (root / ".site.ssg-new").exists():
        time.sleep(0.01)
    time.sleep(seconds)
    os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate(timeout=LIMIT)
    assert build.returncode == 1
    assert b"Aborted!" in said
    assert b"distributed" not in said
    assert b"Traceback" not in said
    assert not (root / "site").exists()
    assert not (root / ".site.ssg-new").exists()
