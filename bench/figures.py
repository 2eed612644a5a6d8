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
    timeline_entries: tuple = (300, 5_000, 30_000)
    chronologies: tuple = (1_000, 5_000, 30_000)  # entries of one review
    file_megabytes: int = 50
    scanned_pages: tuple = (25, 100, 400)  # of a Word file
    turns: int = 15  # of what takes milliseconds
    times: int = 3  # of what takes seconds

    @classmethod
    def small(cls):
        """To see that everything runs; the ratios say nothing."""
        return cls(
            reviews=40,
            agencies=20,
            users=60,
            entries=2_000,
            recommendations=500,
            actions=1_000,
            rows=(200, 1_000),
            pdf_entries=(20, 60),
            timeline_entries=(30, 800),
            chronologies=(60, 200),
            file_megabytes=2,
            scanned_pages=(2, 6),
            turns=3,
            times=1,
        )


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


def median_seconds(works, times):
    """{name: median seconds} of several works that take turns."""
    taken = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return {name: statistics.median(each) for name, each in taken.items()}
