"""Put app, pages, data and geometry into the wheel; an editable install uses them where they lie."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = ("app.py", "pages", "data", "geo", ".streamlit/config.toml", "LICENCES.md", "CITATION.cff")


class BundleHook(BuildHookInterface[Any]):
    """Adds the files outside `src/` under `bri_map/bundle/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files for a standard wheel."""
        if version == "standard":
            build_data["force_include"].update({name: f"bri_map/bundle/{name}" for name in BUNDLED})
