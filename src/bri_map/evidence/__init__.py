"""Who says so: sources, claims, and what is shown of them."""
