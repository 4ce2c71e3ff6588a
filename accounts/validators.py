"""What a new password must be, said in the words of the portal."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LengthValidator(password_validation.MinimumLengthValidator):
    """At least so many characters; Django's own sentence for it is not translated."""

    def get_error_message(self) -> str:
        """The refusal."""
        return _("The password is too short: at least %(count)s characters are needed.") % {"count": self.min_length}
