"""What a teacher does at the teacher's desk: one module for each room, all with the same door.

::

    room.py       what a room is: it shows a screen and does what a form asks
    rooms.py      which rooms there are, and the way from an address to one of them
"""
