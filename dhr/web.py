"""How gunicorn serves, here and in production: `gunicorn --config python:dhr.web dhr.wsgi`."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 8
keepalive = 5
# A leak in a library is bounded by starting each worker anew now and then.
max_requests = 2000
max_requests_jitter = 200
# Only the reverse proxy of this installation is believed about who asks.
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES", "127.0.0.1")
errorlog = "-"
