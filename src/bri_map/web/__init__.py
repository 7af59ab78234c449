"""What the server answers beside Streamlit: the map's assets and data, and the headers of every answer."""

from bri_map.web.headers import SecurityHeaders
from bri_map.web.routes import routes, warm_start

__all__ = ["SecurityHeaders", "routes", "warm_start"]
