"""The Folium map, what it is drawn from, and the answer of a filter that travels to it."""
