"""What the server answers beside Streamlit: the map's assets, headers, and words for search engines."""

from bri_map.web.headers import SecurityHeaders
from bri_map.web.routes import routes, warm_start
from bri_map.web.structured_data import StructuredData

__all__ = ["SecurityHeaders", "StructuredData", "routes", "warm_start"]
