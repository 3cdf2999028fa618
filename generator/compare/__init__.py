"""Floor 2: what several tellings of one story share, and where they part. Pure, and total for any text."""
