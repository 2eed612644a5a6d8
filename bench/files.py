"""Sealing a long file and opening it again, against the same bytes kept as they came.

Both ways go through the database; `cipher` is AES-256-GCM alone, over the same pieces in memory.
"""

import os

from bench.figures import median_seconds
from foundations.vault import streams
from foundations.vault.models import StoredFile
from foundations.vault.opening import open_file
from foundations.vault.sealing import new_key
from foundations.vault.services import store

MEGABYTE = 1024 * 1024


def measure(sizes):
    content = os.urandom(sizes.file_megabytes * MEGABYTE)
    kept = {way: store(content, name="scan.pdf", scope=scope).pk for way, scope in WAYS.items()}
    took = median_seconds(
        {
            **{("store", way): _storing(content, scope) for way, scope in WAYS.items()},
            **{("open", way): _opening(pk, len(content)) for way, pk in kept.items()},
            **{("cipher", way): work for way, work in _cipher(content).items()},
        },
        sizes.times,
    )
    return {
        "megabytes": sizes.file_megabytes,
        **{
            f"{what} {way}": {"MiB_a_second": round(sizes.file_megabytes / seconds, 1)}
            for (what, way), seconds in took.items()
        },
        "ratio": {
            what: round(took[what, "sealed"] / took[what, "as it came"], 2)
            for what in ("store", "open")
        },
    }


WAYS = {"sealed": "bench:1", "as it came": ""}


def _storing(content, scope):
    return lambda: store(content, name="scan.pdf", scope=scope).delete()


def _opening(pk, size):
    def work():
        if sum(map(len, open_file(StoredFile.objects.get(pk=pk)))) != size:
            raise ValueError("This is another file.")

    return work


def _cipher(content):
    key = new_key()
    pieces = [content[at : at + MEGABYTE] for at in range(0, len(content), MEGABYTE)]
    sealed = list(streams.sealed(pieces, key=key))
    return {
        "sealing": lambda: sum(map(len, streams.sealed(pieces, key=key))),
        "opening": lambda: sum(map(len, streams.opened(sealed, key=key))),
    }
