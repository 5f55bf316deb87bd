"""Understanding: Documents to a Profile of typed facts."""
