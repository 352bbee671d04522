#!/bin/sh
# Container entry point: "web" migrates and serves, "worker" runs the jobs; anything else goes to manage.py.
set -e
case "$1" in
  web)
    python manage.py migrate --noinput
    exec python -m granian --interface wsgi --host 0.0.0.0 --port 8000 --workers "${WEB_WORKERS:-2}" \
      --blocking-threads 1 --backlog 1024 --no-ws config.wsgi:application ;;
  worker) exec python manage.py worker ;;
  *) exec python manage.py "$@" ;;
esac
