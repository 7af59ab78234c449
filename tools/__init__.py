"""Programs of the repository itself; the package needs none of them."""
