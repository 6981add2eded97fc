"""EDGE: files that leave. ``exporter`` is the door of nbconvert (``jupyter nbconvert --to portfolio``)."""
