"""WHAT A PAGE ASKS AND WHAT IT GETS: between the rooms of :mod:`portfolio.moments` and whatever carries them.

A room (:mod:`portfolio.moments.room`) shows screens and does what their forms ask. A page of ours sends messages
and takes answers. Here one becomes the other: the same for a widget in a notebook and for a page that the server
sends by itself, so that a form keeps every word on both.

``checks``  what a page may say; nothing is believed before it has passed there
``answers`` one message in, one answer out, and what is done is done once
``phrases`` our words around a screen
``source``  the scripts of our pages, joined
"""
