"""HTML for the pages: Jinja templates in which every value is escaped."""

from __future__ import annotations

from functools import cache

import jinja2


@cache
def template(name: str) -> jinja2.Template:
    """Give a template of this package; a value that it lacks is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bri_map.ui"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name)
