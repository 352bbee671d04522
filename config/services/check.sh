#!/usr/bin/env bash
# The suite twice: on the embedded services with the browser tests, then on PostgreSQL, Redis and Elasticsearch.
set -euo pipefail
cd "$(dirname "$0")/../.."
py=${VENV:-.venv}/bin/python
$py manage.py build_locale
$py manage.py build_assets
echo "== embedded services, browser tests included"
env -u DATABASE_URL -u CACHE_URL -u SEARCH_URL $py -m pytest -n 2 --dist loadgroup -q
echo "== PostgreSQL, Redis, Elasticsearch, real migrations"
eval "$(bash config/services/start.sh)"
$py -m pytest -n 2 --dist loadgroup -q --migrations -m "not browser"
