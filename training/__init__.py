"""Training of the adapters in `bot/models/adapters/`; see README.md."""
