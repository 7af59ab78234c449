"""Features as the rows of a table: its columns, its order, its words; for the page and for spreadsheets."""
