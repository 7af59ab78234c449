"""Text for the pages: Jinja templates in which every value is escaped, and text safe in Markdown."""

from __future__ import annotations

import re
from functools import cache

import jinja2


@cache
def template(name: str) -> jinja2.Template:
    """Give a template of this package; a value that it lacks is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bri_map.ui"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name)


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:$<>&])")


def markdown_text(text: str) -> str:
    """Take the meaning from characters that Markdown would read."""
    return _MARKDOWN.sub(r"\\\1", text)
