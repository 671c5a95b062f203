"""The forms of the workspace: they read what people write into values and keep it when something is wrong."""
