"""Text for the pages: Jinja templates in which every value is escaped, and text safe in Markdown."""

from __future__ import annotations

import re
from functools import cache

import jinja2

_BETWEEN_CHINESE = re.compile(r"([^\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)")
_WORD = re.compile(r"[A-Za-z]{3}")


@cache
def template(name: str) -> jinja2.Template:
    """Give a template of this package; a value that it lacks is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bri_map.ui"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["english_runs"] = english_runs
    return environment.get_template(name)


def english_runs(text: object) -> list[tuple[str, bool]]:
    """Cut a text from the data into runs, each with whether it is English: words without a Chinese sign."""
    return [(run, bool(_WORD.search(run))) for run in _BETWEEN_CHINESE.split(str(text)) if run]


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:$<>&])")


def markdown_text(text: str) -> str:
    """Take the meaning from characters that Markdown would read."""
    return _MARKDOWN.sub(r"\\\1", text)
