"""The portal for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What was loaded stays for good: the collector need not look through it again and again, which took a tenth of a page
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
