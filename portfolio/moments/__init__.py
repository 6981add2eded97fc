"""WHAT HAPPENS: one function for each thing people do. It loads, asks rules, calls views; no Jupyter, no argv."""
