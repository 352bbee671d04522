"""The engine in force: embedded unless SEARCH_URL names an Elasticsearch."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine


@cache
def _engine(url: str, folder: str, alias: str) -> Engine:
    if url:
        from search.engines.elastic_engine import ElasticEngine

        return ElasticEngine(url, alias=alias, deadline=settings.SEARCH_DEADLINE)
    from search.engines.tantivy_engine import TantivyEngine

    return TantivyEngine(Path(folder))


def engine() -> Engine:
    return _engine(settings.SEARCH_URL, str(settings.SEARCH_INDEX_DIR), settings.SEARCH_INDEX_NAME)


@cache
def stand_in() -> Engine:
    from search.engines.database_engine import DatabaseEngine

    return DatabaseEngine()
