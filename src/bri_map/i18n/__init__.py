"""The message catalogue: every text that people read, one file a language, with the language's habits."""

from bri_map.i18n.languages import article, is_language, language_among, language_of, languages
from bri_map.i18n.locale import Locale
from bri_map.i18n.messages import Messages, messages

__all__ = [
    "Locale",
    "Messages",
    "article",
    "is_language",
    "language_among",
    "language_of",
    "languages",
    "messages",
]
