"""Static files as they are served: compressed, and under names that change with their content."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: How Django finds the imports of a script.
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]


class Storage(CompressedManifestStaticFilesStorage):
    """Our own scripts import each other by those names too; the scripts of others are left as they are."""

    patterns = (*HashedFilesMixin.patterns, ("js/*.js", _IMPORTS))
