"""The views: each folder is one widget, with its Python class, its front end and its style."""
