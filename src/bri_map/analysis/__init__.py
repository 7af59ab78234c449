"""What is computed for readers of the data: figures, indicators, quality, differences."""
