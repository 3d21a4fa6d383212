"""The site's navigation, as its plugins make it: one module per plugin."""
