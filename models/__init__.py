"""The model's recipe and the bundles that are shipped."""
