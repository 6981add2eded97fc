"""Draws the pictures of the sample class: invented children's work, made by our own script.

``python -m sample_data.pictures.draw`` draws all of them again. Needs Pillow and numpy, no browser.
"""
