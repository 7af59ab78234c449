"""Ask the features: arrays in, arrays out."""
