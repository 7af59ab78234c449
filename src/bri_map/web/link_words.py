"""What a link says of itself where it is shown without being opened: title and description of the page."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

from bri_map.app.answer import answer_in_words
from bri_map.app.first_pictures import Params
from bri_map.app.linked import linked_feature
from bri_map.app.store import AtlasStore, keeper
from bri_map.domain.filter import FILTER_NAMES, Filter
from bri_map.errors import BriMapError
from bri_map.i18n import messages
from bri_map.web.language import language_for


def link_words(scope: Scope) -> bytes:
    """Give the elements of the head that say what a page is: the answer of its filter, in its language.

    It never waits for the data: while they are read, and when they have faults, the title alone is said.

    Args:
        scope: The request for the page.
    """
    params = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    m = messages(language_for(params, Headers(scope=scope).get("accept-language", "")))
    title, store = m["app.title"], keeper.ready()
    said = _said(store, params, m.language) if store is not None else m["app.headline"]
    return (
        f"<title>{escape(title)}</title>"
        f'<meta name="description" content="{escape(said)}">'
        f'<meta property="og:type" content="website">'
        f'<meta property="og:title" content="{escape(title)}">'
        f'<meta property="og:description" content="{escape(said)}">'
    ).encode()


def _said(store: AtlasStore, params: Params, language: str) -> str:
    """Name the feature of a link, and say what its filter finds; what is no filter asks for nothing."""
    catalog, m = store.catalog, messages(language)
    asked = {name: params[name] for name in FILTER_NAMES if name in params}
    try:
        wanted, _ = Filter.from_params(asked, catalog.known())
        selection = catalog.select(wanted)
    except BriMapError:
        selection = catalog.select()
    said = answer_in_words(catalog, store.questions[language], selection, m)
    feature_id = linked_feature(params, catalog)
    if feature_id is None:
        return said
    return f"{catalog.name(feature_id, language)} · {said}"
