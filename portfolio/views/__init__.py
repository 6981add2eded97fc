"""HOW THEY LOOK: one Jinja environment, one dataclass for each page, charts, forms of the desk."""
