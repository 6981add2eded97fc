"""The meeting as it is held: the deck the family looks at, the family's own page, the child's cue lines."""
