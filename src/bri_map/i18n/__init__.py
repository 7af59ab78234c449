"""The message catalogue: every text that people read, in English and Simplified Chinese."""

from bri_map.i18n.messages import Messages, messages

__all__ = ["Messages", "messages"]
