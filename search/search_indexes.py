from oscar.apps.search.search_indexes import *
