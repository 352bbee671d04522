"""Everything that is the same everywhere; one file per concern in `parts/`."""

from config.settings.parts.apps import *
from config.settings.parts.database import *
from config.settings.parts.i18n import *
from config.settings.parts.logging import *
from config.settings.parts.market import *
from config.settings.parts.oscar import *
from config.settings.parts.search import *
from config.settings.parts.security import *
from config.settings.parts.storage import *
from config.settings.parts.templates import *
from config.settings.parts.wagtail import *
