"""The bot over HTTP: its API, and the pages and widget that use it."""
