"""The commands, a room each: options in, one call of the room that does the work, words out."""
