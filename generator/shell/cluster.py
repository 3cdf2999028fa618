"""Stories told by the workers of a Dask cluster: the one door to Dask (`pip install variorum[cluster]`).

Workers need no folder of the project: each story travels with the bytes of its own files, and its pages come back.
Results come in the order of the stories, only so many ahead that memory stays bounded. A task whose worker dies is done
by another.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

from generator.errors import OutputError
from generator.shell.signals import unheard

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

#: Items that a worker is given at once, and such bundles that may wait for each worker.
_BUNDLE, _AHEAD = 4, 4
#: Seconds that a cluster has to answer.
_PATIENCE = 30
#: The port of a scheduler whose address has none.
_PORT = 8786
#: Seconds that all workers of a cluster of ours have to start.
_BEGINNING = 120
#: So often everything is sent again that went with all workers who had it, at the same place.
_TRIES = 3
_NO_CERTIFICATES = (
    "a scheduler at tls:// asks for certificates – name them under distributed.comm.tls in Dask's settings"
)
MISSING = "--engine dask needs an extra library – pip install 'variorum[cluster]'"


def over_dask(
    scheduler: str, jobs: int, make: Callable[[], Callable[[_Item], _Made]], items: Iterable[_Item], program: str
) -> Iterator[_Made]:
    """Apply what *make* makes to every item, on a cluster's workers; yield the results in the items' order.

    :param scheduler: its address; without one, a cluster is started on this machine, and ended again.
    :param jobs: how many workers that has; 0: as many as processors.
    :param program: the hash of this program, which every worker's must be.
    :raises OutputError: without Dask, without an answer of the scheduler or its workers, or for other versions there.
    """
    try:
        import distributed
    except ImportError as error:
        raise OutputError(MISSING) from error
    with _client(distributed, scheduler, jobs) as client:
        try:
            yield from _ordered(client, make, items, program)
        except TimeoutError as error:
            where = scheduler or "the cluster"
            raise OutputError(f"{where}: the scheduler has no workers – start some with `dask worker`") from error
        except (distributed.KilledWorker, CancelledError) as error:
            said = "the cluster's workers were killed again and again, perhaps for want of memory"
            raise OutputError(f"{said} – give them more") from error
        except OSError as error:
            raise OutputError(f"{scheduler or 'the cluster'}: the scheduler went away in mid-build") from error


@contextmanager
def _client(distributed: Any, scheduler: str, jobs: int) -> Iterator[Any]:
    if scheduler:
        if scheduler.startswith("tls:") and not distributed.Security().get_connection_args("client")["ssl_context"]:
            raise OutputError(f"{scheduler}: {_NO_CERTIFICATES}")  # what Dask says of it comes after a minute
        try:
            _look_up(scheduler)
            client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise OutputError(f"{scheduler}: no scheduler answers there ({error})") from error
        with client:
            yield client
        return
    workers = jobs or os.cpu_count() or 1
    local: dict[str, Any] = {
        "threads_per_worker": 1,
        "dashboard_address": None,
        "host": "127.0.0.1",
        "protocol": "tcp://",
        "scheduler_kwargs": {"dashboard_address": "127.0.0.1:0"},  # else it complains of another's on its port
    }
    with unheard(signal.SIGINT):  # each worker would tell at length that it ends
        cluster = distributed.LocalCluster(n_workers=0, processes=True, **local)
    try:
        cluster.scale(workers)
        with distributed.Client(cluster, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=_BEGINNING)
            yield client
    except Exception:
        cluster.close()
        raise
    except BaseException:  # Ctrl-C, perhaps while somebody deals with a result
        _end(cluster)
        raise
    cluster.close()


def _look_up(scheduler: str) -> None:
    """Ask for the host of an address, once: Dask would ask again and again for one that is written wrong.

    :raises OSError: where nobody knows it.
    :raises ValueError: for what is no address.
    """
    from distributed.comm.addressing import parse_address, parse_host_port

    protocol, place = parse_address(scheduler)
    if protocol in ("tcp", "tls"):
        socket.getaddrinfo(*parse_host_port(place, _PORT))


def _end(cluster: Any) -> None:
    """End a cluster of ours in the middle of what its workers do: Dask itself would wait for them, and for their start.

    What it would tell of each that is gone is of no use to who has ended them.
    """
    logging.disable()  # Ctrl-C ends this process, too
    for worker in list(cluster.workers.values()):
        worker.close_gracefully()  # else another would be started in its place
    for process in multiprocessing.active_children():
        process.kill()
    cluster.shutdown_on_close = False  # not once more when Python ends
    with suppress(Exception):  # of workers that had not quite begun it never hears
        cluster.close(timeout=1)


def _ordered(
    client: Any, make: Callable[[], Callable[[_Item], _Made]], items: Iterable[_Item], program: str
) -> Iterator[_Made]:
    """Yield results in order, while others are worked at.

    :raises TimeoutError: without workers.
    :raises CancelledError: where all who had what is asked for were gone, again and again.
    """
    left = iter(items)
    send = _sender(client, make, program)
    ahead = _AHEAD * max(len(client.scheduler_info()["workers"]), 1)
    waiting: deque[tuple[list[_Item], Any]] = deque()
    tries = 0
    while True:
        while len(waiting) < ahead and (bundle := list(islice(left, _BUNDLE))):
            waiting.append((bundle, send(bundle)))
        if not waiting:
            return
        try:
            found = waiting[0][1].result()
        except CancelledError:  # what had been sent went with the last worker that had it
            tries += 1
            if tries == _TRIES:
                raise
            send = _sender(client, make, program)
            waiting = deque((bundle, send(bundle)) for bundle, _ in waiting)
            continue
        tries = 0
        waiting.popleft()[1].release()
        yield from found


def _sender(client: Any, make: object, program: str) -> Callable[[Sequence[Any]], Any]:
    """Return what sends items to workers, once there are any; each of them is given *make* before."""
    client.wait_for_workers(1, timeout=_PATIENCE)
    made = client.scatter(make, broadcast=True, hash=False)
    return lambda bundle: client.submit(_do_all, made, bundle, program, pure=False)


_made: list[tuple[object, Callable[[Any], Any]]] = []
"""In a worker: what was made last, and of what."""


def _do_all(make: Callable[[], Callable[[Any], Any]], items: Sequence[Any], program: str) -> list[Any]:
    if not _made or _made[0][0] is not make:
        from generator.shell.keys import code

        if code() != program:
            raise OutputError("a worker of the cluster runs another version of variorum, of a library or of Python")
        _made[:] = [(make, make())]
    return [_made[0][1](item) for item in items]
