#!/usr/bin/env bash
# Stops what start.sh started as local programs.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
pgdata=${PGDATA_DIR:-/tmp/ocop-pg-$(id -u)}
stop="$bin/pg_ctl -D $pgdata -m fast stop"
if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$stop"; else bash -c "$stop"; fi
redis-cli -p "${REDIS_PORT:-63799}" shutdown nosave
pkill -f SingleNode || true
