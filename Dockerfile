FROM node:22-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY assets assets
RUN npm run build

FROM python:3.13-slim AS packages
COPY requirements/production.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r production.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production STATIC_ROOT=/app/static-collected
WORKDIR /app
RUN useradd --uid 10001 --no-create-home reception && install -d -o reception /data /anchors
COPY --from=packages /venv /venv
COPY . .
COPY --from=assets /app/var/assets var/assets
# Nothing of these stand-ins stays: collecting files opens no connection and seals nothing.
RUN python -m config.local.messages && \
    DJANGO_SECRET_KEY=- PERSONAL_DATA_KEYS=-:- LOOKUP_KEYS=-:- ALLOWED_HOSTS=- SITE_URL=- \
    DATABASE_URL=postgres:///- REDIS_URL=redis:// python manage.py collectstatic --noinput
USER reception
VOLUME ["/data", "/anchors"]
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", \
     "--worker-tmp-dir", "/dev/shm"]
