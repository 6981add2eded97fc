# long: one sentence a function, none longer than a screen
"""What a child reads when a recording, document, text or link cannot be taken: one function per cause.

The sister of ``refusals`` (pictures). Every sentence says what happened, to what, and what to do next.
"""

from __future__ import annotations

from portfolio.errors import MediaRefused

# ------------------------------------------------------------------------------------------------- any file


def empty() -> MediaRefused:
    """Return the refusal of a file of no bytes."""
    return MediaRefused("There is nothing in this file. Choose another one.")


def too_heavy(megabytes: int, limit: int) -> MediaRefused:
    """Return the refusal of a file of ``megabytes`` where ``limit`` megabytes is the most."""
    return MediaRefused(
        "This file is too big: {megabytes} MB, and {limit} MB is the most we can take. Choose a shorter piece of it.",
        megabytes=megabytes,
        limit=limit,
    )


def busy() -> MediaRefused:
    """Return the refusal when this computer has no memory left for the file."""
    return MediaRefused(
        "This computer has too much to do to open your file right now. Wait a minute and try again."
    )


# ------------------------------------------------------------------------------------------------ recordings


def not_a_sound() -> MediaRefused:
    """Return the refusal of bytes that are no recording we know, whatever the file is called."""
    return MediaRefused("This file is not a recording we can open. Record it again, or choose another one.")


def other_sound(form: str) -> MediaRefused:
    """Return the refusal of a recording in a ``form`` (FLAC, AMR …) that we know but do not open."""
    return MediaRefused(
        "This recording is in a form called {form}, which does not open here. "
        "Save it as MP3, and choose the MP3.",
        form=form,
    )


def film_not_sound() -> MediaRefused:
    """Return the refusal of a video where a recording is wanted."""
    return MediaRefused(
        "This is a video, not a recording of sound. Record what you want to say, or choose another file."
    )


def sound_cut_off() -> MediaRefused:
    """Return the refusal of a recording whose end is missing."""
    return MediaRefused(
        "This recording is not all there: the end of it is missing. Choose it once more, or record it again."
    )


def sound_damaged() -> MediaRefused:
    """Return the refusal of a file that says it is a recording but cannot be read as one."""
    return MediaRefused(
        "This recording is damaged and does not open. Record it again, or choose another one."
    )


def sound_in_a_rare_way() -> MediaRefused:
    """Return the refusal of an unbroken recording of a kind that hardly anybody makes."""
    return MediaRefused(
        "This recording was saved in a rare way that does not open here. Save it as MP3, and choose the MP3."
    )


def sound_too_large(megabytes: str, limit: str) -> MediaRefused:
    """Return the refusal of a recording that takes ``megabytes`` once cleaned, where ``limit`` is the most."""
    return MediaRefused(
        "This recording takes too much room: {megabytes} MB, and {limit} MB is the most we can keep. "
        "Record a shorter piece of it.",
        megabytes=megabytes,
        limit=limit,
    )


# ------------------------------------------------------------------------------------------------- documents


def not_a_document() -> MediaRefused:
    """Return the refusal of bytes that are no PDF."""
    return MediaRefused("This file is not a PDF. Open it, save it as PDF, and choose the PDF.")


def documents_do_not_open() -> MediaRefused:
    """Say that this computer lacks what draws documents."""
    return MediaRefused(
        "This computer cannot open PDFs yet. Put in a photo of the page, and tell your teacher."
    )


def document_locked() -> MediaRefused:
    """Return the refusal of a PDF that asks for a password."""
    return MediaRefused(
        "This PDF is locked with a password. Save it once more without the password, and choose that one."
    )


def document_damaged() -> MediaRefused:
    """Return the refusal of a PDF that cannot be drawn."""
    return MediaRefused("This PDF is damaged and does not open. Save it once more, or choose another one.")


def document_too_slow() -> MediaRefused:
    """Return the refusal of a PDF that takes too long or too much memory to draw."""
    return MediaRefused(
        "This PDF has too much in it to open here. Take a picture of the page you want to show, "
        "and choose the picture."
    )


# --------------------------------------------------------------------------------------------------- writing


def not_writing() -> MediaRefused:
    """Return the refusal of bytes that are no plain text."""
    return MediaRefused(
        "This file holds no writing we can read. Copy the words out of it and paste them here."
    )


def writing_too_long(characters: int, limit: int) -> MediaRefused:
    """Return the refusal of a text of ``characters`` where ``limit`` is the most."""
    return MediaRefused(
        "This text is too long: {characters} characters, and {limit} is the most we can keep. "
        "Choose the part you like best.",
        characters=characters,
        limit=limit,
    )


def notebook_damaged() -> MediaRefused:
    """Return the refusal of a notebook file that cannot be read as one."""
    return MediaRefused("This notebook is damaged and does not open. Save it once more and choose it again.")


# ----------------------------------------------------------------------------------------------------- links


def no_link() -> MediaRefused:
    """Return the refusal of a text that is no address of a page on the web."""
    return MediaRefused(
        "This is not a link to a page. Open the page, copy its whole address, and paste it here: "
        "it starts with https://."
    )


def link_too_long(characters: int, limit: int) -> MediaRefused:
    """Return the refusal of a link of ``characters`` where ``limit`` is the most."""
    return MediaRefused(
        "This link is too long: {characters} characters, and {limit} is the most. "
        "Look for a shorter link to the same page.",
        characters=characters,
        limit=limit,
    )


def link_with_a_password() -> MediaRefused:
    """Return the refusal of a link with a name or password before the host."""
    return MediaRefused(
        "This link has a name or a password in it. Take out everything up to the @ sign, and keep the rest."
    )


# ---------------------------------------------------------------------------------------------- other files


def packed() -> MediaRefused:
    """Return the refusal of a packed folder."""
    return MediaRefused("This is a packed folder. Unpack it, and choose one file from it.")


def save_as_pdf(program: str) -> MediaRefused:
    """Return the refusal of a document of a ``program`` (Word, PowerPoint …)."""
    return MediaRefused(
        "This file is of the kind {program}, which does not open here. Save it as PDF, and choose the PDF.",
        program=program,
    )


def other_video(form: str) -> MediaRefused:
    """Return the refusal of a video in a ``form`` (AVI, MPEG …) that we know but do not open."""
    return MediaRefused(
        "This video is in a form called {form}, which does not open here. Save it as MP4, and choose the MP4.",
        form=form,
    )


def a_program() -> MediaRefused:
    """Return the refusal of a program."""
    return MediaRefused("This is a program, and we never open programs. Choose a picture of it instead.")


def not_what_it_is_called() -> MediaRefused:
    """Return the refusal of a text that is called like a picture, a recording or a PDF."""
    return MediaRefused(
        "There is only writing in this file, though its name says something else. Choose another one."
    )


def unknown() -> MediaRefused:
    """Return the refusal of a file of no kind that we know."""
    return MediaRefused(
        "We do not know this kind of file. Choose a picture, a recording, a video, a PDF or a text."
    )
