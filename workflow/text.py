"""Words as they are compared: by people who type full-width digits and blanks inside names."""

import re
import unicodedata


def fold(*texts: str) -> str:
    """Texts as one search column: NFKC, case-folded, blanks squeezed.

    >>> fold("第０３７号", "A类")
    '第037号 a类'
    """
    joined = unicodedata.normalize("NFKC", " ".join(text for text in texts if text)).casefold()
    return re.sub(r"\s+", " ", joined).strip()


def key(text: str) -> str:
    """A name as it is looked up: folded, without blanks and without the kind of its brackets.

    >>> key("会（协）办 单位")
    '会(协)办单位'
    """
    return re.sub(r"\s+", "", fold(text))
