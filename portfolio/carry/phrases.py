"""Every word of ours in the frame around a room, in English; the page gets them translated.

Keys are what the scripts in ``static/`` call them; those of ``status.js`` and ``around.js`` are said to a teacher here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from portfolio.errors import N_

PHRASES: Final[Mapping[str, str]] = {
    # saving
    "saved": N_("Saved"),
    "saved_at": N_("at {time}."),
    "may_close": N_("You can close this page."),
    "saved_so_far": N_("This saves itself while you write."),
    "saving": N_("One moment: saving."),
    "not_saved_yet": N_("Not saved yet."),
    "keep_open": N_("Keep this page open."),
    "not_all_saved": N_("One text is not saved yet. Look for the note beside it."),
    "lost": N_("This page cannot reach the class just now."),
    "one_moment": N_("One moment."),
    # the kernel does not answer
    "away_kept": N_("Your words are kept on this computer. The page tries again by itself."),
    "away_open": N_("Keep this page open. The page tries again by itself."),
    "here_again": N_("The class is here again. Your words are kept on this computer."),
    "here_open": N_(
        "The class is here again, but this computer could not keep your last words. Copy them, then load the page again."
    ),
    "open_again": N_("Load the page again"),
    "not_yet": N_("Not yet. The page tries again by itself."),
    # what was written and not sent
    "back_again": N_("You wrote this before the page was loaded again. It was not saved then."),
    "not_sent": N_("You began to write this and have not sent it."),
    "forget_it": N_("Take it away"),
    "unsaved_here": N_("Words of yours are not saved yet:"),
    "unsent_leave": N_(
        "You began to write something and have not sent it. Press “I’m done” again to leave it."
    ),
    # two at once
    "both_title": N_("Somebody else wrote here too."),
    "both_now": N_("They wrote:"),
    "both_nothing": N_("(They took the words away.)"),
    "keep_mine": N_("Keep mine"),
    "take_theirs": N_("Take theirs"),
    # files
    "file_too_large": N_("“{name}” is too large. {n} MB is the most. Choose a smaller file."),
    "file_unread": N_("This file cannot be read any more. Choose it once more."),
    # trying out
    "try_only": N_("This is only for trying out. Nothing is kept here."),
    "try_wait": N_("One moment: the page is coming."),
    "try_missing": N_("This cannot be shown just now. Load the page again."),
    # the frame
    "ways": N_("Rooms of the desk"),
    "close": N_("Close"),
    "not_here": N_("There is nothing here"),
    "im_done": N_("I’m done"),
    "who_sees": N_("Who can see this page"),
}
"""All phrases, key to English."""

TALK: Final[Mapping[str, str]] = {
    "minutes_left": N_("{n} minutes left"),
    "minute_left": N_("One minute left"),
    "time_over": N_("Go on when you are ready."),
    "hide_clock": N_("Hide the time"),
    "show_clock": N_("Show the time"),
    "further": N_("More below"),
    "larger": N_("See it larger"),
    "smaller": N_("Close"),
    "pause": N_("Pause"),
    "paused": N_("We take a moment."),
    "go_on": N_("Go on"),
    "whole_screen": N_("Fill the whole screen"),
}
"""The words around a meeting's deck."""

GUEST: Final[Mapping[str, str]] = {
    # a page on a phone: said of no computer
    "away_kept": N_("Your words are kept here. The page tries again by itself."),
    "here_open": N_("Your last words could not be kept here. Copy them, then load the page again."),
    "too_much": N_("That is too much at once. Send less, or smaller files."),
    "wait_here": N_("One moment. If nothing comes, load this page again."),
    "no_script": N_(
        "This page needs JavaScript, and it is switched off here. Switch it on, then load the page again."
    ),
}
"""The words around a page that the server sends by itself."""

GENERAL: Final = N_(
    "Something here did not work. Nothing was lost: what was saved stays saved. Load the page again, then try once more."
)
"""When nobody foresaw what went wrong."""


def words(translate: Callable[[str], str] = str) -> dict[str, str]:
    """Return all phrases, key to text, each put through ``translate`` (gettext of the teacher's language)."""
    return {key: translate(text) for key, text in PHRASES.items()}


def guest_words(translate: Callable[[str], str] = str) -> dict[str, str]:
    """Return the phrases of a page without a kernel: all of the first list, and its own."""
    more = {**GUEST, "general": GENERAL}
    return {**words(translate), **{key: translate(text) for key, text in more.items()}}


def talk_words(translate: Callable[[str], str] = str) -> dict[str, str]:
    """Return the phrases of a meeting's deck: all of the above and its own."""
    return {**words(translate), **{key: translate(text) for key, text in TALK.items()}}
