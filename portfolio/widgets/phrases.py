"""Every word of ours that a child reads on the desk, in English; the page gets them translated.

Keys are what the scripts in ``static/`` call them. Names in braces are filled in by the page.
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
    "saved_so_far": N_("Your words are saved while you write."),
    "saving": N_("One moment: saving."),
    "not_saved_yet": N_("Not saved yet."),
    "keep_open": N_("Keep this page open and tell your teacher."),
    "not_all_saved": N_("One answer is not saved yet. Look for the note beside it."),
    "lost": N_("This page cannot reach your book just now. Keep it open and tell your teacher."),
    "general": N_("That did not work. Your words are still here. Please tell your teacher."),
    # writing
    "about_words": N_("About {n} words."),
    "too_long": N_("More than {n} words. You may keep them all. Which ones matter most?"),
    "starters": N_("You can begin like this:"),
    "read_aloud": N_("Read aloud"),
    # picking
    "picked_enough": N_("You have picked {n}. Take one away first."),
    "nothing_to_pick": N_("There is nothing to pick here yet."),
    "no_pieces": N_("No work yet. When you add a piece of work, you can pick it here."),
    # lists
    "move_up": N_("Move “{name}” up"),
    "move_down": N_("Move “{name}” down"),
    "moved": N_("“{name}” is now number {n} of {of}."),
    "first_already": N_("“{name}” comes first already."),
    "last_already": N_("“{name}” comes last already."),
    "take_away": N_("Take away “{name}”"),
    "really_take_away": N_("Take away “{name}”?"),
    "yes_take_away": N_("Yes, take it away"),
    "keep_it": N_("Keep it"),
    "taken_away": N_("Taken away."),
    "add_card": N_("One more"),
    "add_line": N_("Add a line"),
    "add_day": N_("Add a day"),
    "line_n": N_("Line {n}"),
    "enough": N_("{n} is enough here."),
    "kept_for_the_table": N_("One more waits. You will write it together, at the conference."),
    # pictures
    "take_photo": N_("Take a photo"),
    "choose_picture": N_("Choose a picture"),
    "no_picture": N_("No picture yet"),
    "picture_n": N_("Picture {n}"),
    "no_words_yet": N_("A picture without words yet"),
    "n_pictures": N_("Pictures: {n}"),
    "picture_alt": N_("What would you tell a friend who can’t see it?"),
    "picture_caption": N_("Words under the picture"),
    "picture_others": N_("Other people can be seen in it."),
    "picture_coming": N_("Your picture is on its way."),
    "picture_there": N_("Your picture is here."),
    "enough_pictures": N_("There is room for {n} here."),
    "look_add": N_("Look here!"),
    "look_added": N_("A mark stands in the middle. Pull it, or move it with the arrow keys."),
    "look_move": N_("Mark {n} on “{name}”: move it with the arrow keys"),
    "look_words": N_("Look here {n}: what can one see?"),
    "look_take_away": N_("Take away mark {n}"),
    # recordings, films, documents, texts, links
    "choose_file": N_("Choose a file"),
    "paste_link": N_("Paste a link"),
    "write_text": N_("Write or paste a text"),
    "file_waits_its_turn": N_("It comes in a moment."),
    "media_coming": N_("Bringing it in: part {n} of {of}."),
    "media_looking": N_("It is all here. One moment: we are looking at it."),
    "media_there": N_("It is here."),
    "file_waits": N_("The connection is lost. Keep this page open: it goes on by itself."),
    "file_unread": N_("This file cannot be read any more. Please choose it once more."),
    "media_transcript": N_("What do you say in it? Write it down for people who can’t hear it."),
    "media_caption": N_("Words under it"),
    "media_others": N_("Other people can be seen or heard in it."),
    "media_no_player": N_("It is kept. You can see and hear it when you show your book."),
    "plays_some": N_("Not every phone can play this."),
    "pages_of": N_("{n} of {of} pages"),
    "writing_text": N_("Your text"),
    "writing_code": N_("It is a computer program."),
    "writing_language": N_("In which programming language?"),
    "link_address": N_("The address of the page"),
    "link_add": N_("Put it in"),
    "link_caption": N_("What is there? Tell it to people who can’t open it."),
    "sound_n": N_("Recording {n}"),
    "video_n": N_("Video {n}"),
    "document_n": N_("Document {n}"),
    "writing_n": N_("Text {n}"),
    "link_n": N_("Link {n}"),
    "n_media": N_("Recordings, texts and links: {n}"),
    # two people at once
    "both_title": N_("Somebody else wrote here too."),
    "both_now": N_("They wrote:"),
    "both_nothing": N_("(They took the words away.)"),
    "keep_mine": N_("Keep mine"),
    "take_theirs": N_("Take theirs"),
    # the book
    "my_cloth": N_("The color of my book"),
    "contents": N_("The pages of my book"),
    "you_are_here": N_("you are here"),
    "all_pages": N_("All pages"),
    "who_sees": N_("Who can see this page"),
    "folio": N_("page {n} of {of}"),
    "turn_on": N_("Turn the page"),
    "turn_back": N_("Turn back"),
    "im_done": N_("I’m done"),
}
"""All phrases, key to English."""


def words(translate: Callable[[str], str] = str) -> dict[str, str]:
    """Return all phrases, key to text, each put through ``translate`` (gettext of the reader's language)."""
    return {key: translate(text) for key, text in PHRASES.items()}
