"""Reading and writing Word, Excel, CSV and PDF.

The doors of this room are fetched when somebody first knocks: its child processes start from this
package too, and must not pay for what they do not use.
"""

from importlib import import_module

DOORS = {
    "read_file": "reading",
    "stream_file": "reading",
    "problem_copy": "problems",
    "write_workbook": "writing",
    "write_csv": "writing",
    "Sheet": "writing",
    "Refused": "tables",
}


def __getattr__(name):
    if name in DOORS:
        return getattr(import_module(f"{__name__}.{DOORS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
