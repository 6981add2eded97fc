"""What the class's teacher put beside questions, for everybody with a visit of this class.

``/portfolio/spoken/<name>`` are recorded questions, ``/portfolio/pictures/<name>`` pictures that help.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from portfolio.errors import NotFound, PortfolioError
from portfolio.moments.help_pictures import HelpPicture
from portfolio.moments.spoken import Spoken
from portfolio.serve.media_door import PlayingDoor

LONGEST: Final = 80  # signs of a name; ours have 68 at most

log = logging.getLogger("portfolio.serve")


class SpokenDoor(PlayingDoor):
    """A question in the teacher's own voice; 404 for everything else, and for whoever is nobody's visit."""

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        """Send the recording, or the part of it that was asked for."""
        if self.visitor is None or len(name) > LONGEST:
            raise HTTPError(404)
        found = await self._spoken(name)
        await self.play(found.recording, found.media_type, found.digest)

    head = get

    async def _spoken(self, name: str) -> Spoken:
        """Find the recording beside the event loop: a new one is cleaned first."""
        try:
            return await asyncio.to_thread(self.front.door.spoken, name)
        except NotFound:
            raise HTTPError(404) from None
        except PortfolioError as error:
            log.warning("A recorded question could not be given: %s", error)
            raise HTTPError(404) from None


class HelpPictureDoor(PlayingDoor):
    """A picture beside a question; 404 for everything else, and for whoever is nobody's visit."""

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        """Send the picture."""
        if self.visitor is None or len(name) > LONGEST:
            raise HTTPError(404)
        found = await self._picture(name)
        await self.play(found.copy, found.media_type, found.digest)

    head = get

    async def _picture(self, name: str) -> HelpPicture:
        """Find the picture beside the event loop: a new one is cleaned first."""
        try:
            return await asyncio.to_thread(self.front.door.help_picture, name)
        except NotFound:
            raise HTTPError(404) from None
        except PortfolioError as error:
            log.warning("A picture of a question could not be given: %s", error)
            raise HTTPError(404) from None
