"""The places of the teacher's desk: every kind of screen there is, in the sample class 4B."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Place:
    """A place of the desk in the sample class 4B: words of its heading, and words that are seen below it."""

    at: str
    title: str
    says: str


PLACES: Final = (
    Place("class", "3 books", "Waits for you"),
    Place("class/waiting", "Waits for you", "Amal"),
    Place("class/words", "School words", "Mateo"),
    Place("child/amal", "Amal’s book", "Where the book is"),
    Place("child/amal/book", "Amal’s book", "Print the book"),
    Place("child/amal/page/goals", "Amal’s book", "What is your goal about?"),
    Place("child/mateo/changed", "Mateo’s book", "What changed"),
    Place("child/mateo/words", "Mateo’s book", "call a word fine"),
    Place("child/mateo/prepare", "Mateo’s book", "Tick what is done."),
    Place("child/mateo/interview", "A talk with Mateo", "What helps you when you are stuck?"),
    Place("note", "Your notes", "not written yet"),
    Place("note/mateo", "Your note for Mateo", "How home can help"),
    Place("before", "Before the meeting", "Write once"),
    Place("before/words", "Written once, for all families", "What we are learning this term"),
    Place("before/words/es", "The same in Spanish", "There is nothing to translate yet."),
    Place("before/papers", "Papers for families", "Home by home"),
    Place("before/papers/invitation.letter/mateo/dad/es", "Papers to print", "for Mateo: Dad"),
    Place("before/home/mateo/dad", "What this home says: Mateo, Dad", "Written by"),
    Place("before/drives/amal", "What makes Amal want to try", "What do you love doing?"),
    Place("before/drives/mateo/dad", "What makes Mateo want to try", "I love maps and goalkeeping"),
    Place("before/papers/know-you.home-cards.help-places/mateo/dad/es", "Papers to print", "Heron Street"),
    Place("before/starters", "To begin a talk with", "The teacher begins"),
    Place("before/beside", "Places that help, and things to do at home", "Heron Street Library"),
    Place("meetings", "The meetings", "Who meets now?"),
    Place("meetings/child/mateo", "The meeting of Mateo", "How they meet"),
    Place("meetings/told", "Told to you alone", "Only the teachers of this class read this"),
    Place("meetings/felt", "How the meetings were for families", "One home is one answer"),
    Place("meetings/parked", "Kept for later", "There was no time for it at the table."),
    Place("meetings/reach", "Not reached yet", "Try another way"),
    Place("meetings/answers", "Answers that came back", "whose it is and who will read it"),
    Place("meetings/answers/mateo/dad", "An answer on paper: Mateo, Dad", "Leave out what is empty"),
    Place("meetings/after/amal", "What was decided with Amal", "One line from you"),
    Place("meetings/decided/amal/teta-mama-baba", "What we decided", "Take it as a file"),
    Place("meetings/phone/mateo/dad", "Answer on their own phone", "phone"),
    Place("promised", "What was promised", "Worries of homes"),
    Place("promised/child/amal", "What was promised: Amal", "For homes"),
    Place("promised/worry/linh/concern-1", "A worry: Linh", "We answer"),
    Place("template", "What the books ask", "Pages in the books, in this order"),
    Place("template/page/goals", "The page “My goals”", "As the child sees it"),
    Place("template/agenda/full", "The agenda “Full, 21 minutes”", "The child’s part takes 21 minutes."),
    Place("template/push", "What would change", "There is no draft"),
    Place("template/file", "The pages and questions as a file", "Get the file"),
    Place("setup", "Setting up the class", "Five steps"),
    Place("setup/class", "The class", "What the class is called"),
    Place("setup/children", "The children", "Add one child"),
    Place("setup/children/mateo", "Mateo", "Change the homes"),
    Place("setup/list", "Bring a list of the children", "Look at the file"),
    Place("setup/homes", "Their homes", "Each home gets a copy of its own"),
    Place("setup/homes/mateo", "The homes of Mateo", "Languages they read"),
    Place("setup/sections", "The pages of the books", "In the books, in this order"),
    Place("cards", "Cards for the children", "Cut along the lines."),
    Place("cards/pictures", "Cards for the children", "An empty page follows each sheet."),
    Place("cards/secret", "Cards for the children", "A card is a key"),
    Place("cards/one/mateo", "The card of Mateo", "The card is lost"),
    Place("out", "Take along", "Books for the homes"),
    Place("out/home", "Books for the homes", "Each file is for one home only"),
    Place("leaving", "Before it goes home", "Something to decide"),
    Place("leaving/linh", "Before it goes home: Linh", "Names of classmates"),
    Place("leaving/mateo", "Before it goes home: Mateo", "Two homes or more"),
    Place("out/table", "Where everybody is, as a table", "What comes next"),
    Place("out/hopes", "What the class hopes for", "Nobody can tell who"),
    Place("out/next", "For the next teacher", "One file for each child"),
    Place("out/archive", "The whole class as one file", "It opens without this program"),
)
"""Every kind of screen there is, in the order of the ways."""
