"""Settings for development and for `make run`; production and tests name their own module."""

from config.settings.dev import *
