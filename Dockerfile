# The production image: `application` runs web, worker, beat and migrate; `proxy` stands in front of it.

FROM node:24-bookworm-slim AS front-end
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY frontend ./
RUN sh build.sh

FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm AS application
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent dhr
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=front-end /build/static/dist static/dist
# Collecting files opens neither database nor broker, but the settings want to know them.
RUN SECRET_KEY=of-the-build-only VAULT_KEYS=$(printf "%064d" 0) DATABASE_URL=postgres://none REDIS_URL=redis://none \
    python manage.py collectstatic --noinput
USER dhr
EXPOSE 8000
CMD ["gunicorn", "--config", "python:dhr.web", "dhr.wsgi"]

FROM nginx:1.28-bookworm AS proxy
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY deploy/pages /srv/pages
COPY --from=application /app/staticfiles /srv/static
