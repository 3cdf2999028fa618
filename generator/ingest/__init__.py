"""Sources into values: captures, content files and the configuration, each read with its line numbers."""
