"""The index: everything `serve` needs, built to the side and published in one step."""
