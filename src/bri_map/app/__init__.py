"""What one server process holds: the catalog and every file that the map loads."""
