"""Files in, files out, arguments to exit code: the only rooms that touch the world."""
