"""What the server answers beside Streamlit: the map's assets, headers, and words for search engines."""

from bri_map.web.closed import ClosedPaths
from bri_map.web.headers import SecurityHeaders
from bri_map.web.lifespan import warm_start
from bri_map.web.page_head import PageHead
from bri_map.web.routes import routes
from bri_map.web.streamlit_files import StreamlitFiles

__all__ = ["ClosedPaths", "PageHead", "SecurityHeaders", "StreamlitFiles", "routes", "warm_start"]
