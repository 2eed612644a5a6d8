import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    reviews: int = 2_000
    agencies: int = 300
    users: int = 3_000
    entries: int = 200_000
    recommendations: int = 50_000
    actions: int = 100_000
    rows: tuple = (5_000, 50_000)
    pdf_entries: tuple = (1_000, 5_000)
    turns: int = 15

    @classmethod
    def small(cls):
        return cls(40, 20, 60, 2_000, 500, 1_000, (200, 1_000), (20, 60), 3)


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(ours, bare, turns):
    """Median milliseconds of both, and the median of the ratios turn by turn."""
    pairs = [(seconds(ours), seconds(bare)) for _ in range(turns + 1)][1:]
    return {
        "ours_ms": round(1000 * statistics.median(a for a, _ in pairs), 3),
        "bare_ms": round(1000 * statistics.median(b for _, b in pairs), 3),
        "ratio": round(statistics.median(a / b for a, b in pairs), 2),
    }
