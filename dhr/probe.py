"""The container's own health check: exits with 0 when this web server is ready."""

import os
import sys
import urllib.error
import urllib.request


def main():
    port = os.environ.get("BIND", ":8000").rpartition(":")[2]
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/ready",
        headers={"Host": os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]},
    )
    try:
        urllib.request.urlopen(request, timeout=5).close()  # noqa: S310
    except OSError as error:
        sys.exit(f"not ready: {error}")


if __name__ == "__main__":
    main()
