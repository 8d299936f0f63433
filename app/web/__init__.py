"""The web: routes, forms, rendering and guarding; the only floor that knows FastAPI and Jinja."""
