"""The real renderer, with hardly more memory than it has taken for its start."""

import re
import resource
from pathlib import Path

from foundations.office import pdf

SPARE = 24 * 1024 * 1024  # enough for a page or two


def with_little_memory(monkeypatch, *, spare=SPARE):
    """Every renderer that begins from now on: none that waits is taken."""

    class Narrow(pdf._Renderer):
        def _begin(self):
            super()._begin()
            self.ask({}, b"<p>It has begun.</p>")
            narrow(self.process.pid, spare)

    waiting = pdf._Waiting()
    monkeypatch.setattr(pdf, "_Renderer", Narrow)
    monkeypatch.setattr(pdf, "_waiting", waiting)
    return waiting


def narrow(pid, spare=SPARE):
    status = Path(f"/proc/{pid}/status").read_text()
    most = int(re.search(r"VmSize:\s+(\d+) kB", status)[1]) * 1024 + spare
    resource.prlimit(pid, resource.RLIMIT_AS, (most, most))
