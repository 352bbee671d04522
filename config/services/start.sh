#!/usr/bin/env bash
# PostgreSQL, Redis and Elasticsearch for development and for the second half of the suite: containers where a
# Docker engine runs, else local programs under var/services. Prints the settings to export.
set -euo pipefail
cd "$(dirname "$0")/../.."
dir=$PWD/var/services
mkdir -p "$dir"
pg_port=${PG_PORT:-54329} redis_port=${REDIS_PORT:-63799} es_port=${ES_PORT:-9299}

if docker info >/dev/null 2>&1; then
  docker compose up -d --wait postgres redis elasticsearch
  pg_port=5432 redis_port=6379 es_port=9200
else
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$bin" ] || { echo "no PostgreSQL found: install one, or start a Docker engine" >&2; exit 1; }
  as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$1"; else bash -c "$1"; fi; }
  pgdata=${PGDATA_DIR:-/tmp/ocop-pg-$(id -u)}
  if ! as_postgres "$bin/pg_ctl -D $pgdata status" >/dev/null 2>&1; then
    [ -d "$pgdata" ] || as_postgres "$bin/initdb -D $pgdata -U ocop --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null"
    as_postgres "$bin/pg_ctl -D $pgdata -w -l $pgdata/log -o '-p $pg_port -k /tmp -c listen_addresses=127.0.0.1 -c max_connections=100 -c shared_buffers=256MB' start >/dev/null"
  fi
  "$bin/psql" -h 127.0.0.1 -p "$pg_port" -U ocop -d postgres -qtc "SELECT 1 FROM pg_database WHERE datname='ocop'" | grep -q 1 \
    || "$bin/createdb" -h 127.0.0.1 -p "$pg_port" -U ocop ocop
  redis-cli -p "$redis_port" ping >/dev/null 2>&1 \
    || redis-server --port "$redis_port" --bind 127.0.0.1 --daemonize yes --save "" --dir "$dir" >/dev/null
  if ! curl -fs "http://127.0.0.1:$es_port/_cluster/health" >/dev/null 2>&1; then
    node=tools/elasticsearch-node/run
    if [ -x "$node" ] && command -v java >/dev/null && command -v mvn >/dev/null; then
      nohup setsid "$node" "$dir/elasticsearch" "$es_port" >"$dir/elasticsearch.log" 2>&1 </dev/null &
      for _ in $(seq 120); do
        curl -fs "http://127.0.0.1:$es_port/_cluster/health" >/dev/null 2>&1 && break
        sleep 1
      done
    else
      echo "no Elasticsearch: it needs a JDK 17 and Maven, or a Docker engine" >&2
      es_port=""
    fi
  fi
fi
echo "export DATABASE_URL=postgres://ocop@127.0.0.1:$pg_port/ocop"
echo "export CACHE_URL=redis://127.0.0.1:$redis_port/0"
[ -z "$es_port" ] || echo "export SEARCH_URL=http://127.0.0.1:$es_port"
