"""The site's navigation as its plugins build it: one module per plugin."""
