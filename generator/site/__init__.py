"""Floor 3: which pages exist, and how values become bytes."""
