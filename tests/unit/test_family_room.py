# long: one page of a home, everything it may be asked, honest or forged
"""The family's own page: each adult answers once in each way, nothing is lost or doubled, no home reaches another."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import meta

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError
from portfolio.model import (
    Agreement,
    Goal,
    Meeting,
    Passage,
    Reply,
    ReplyLine,
    SectionChoice,
    Sound,
    ToTeacher,
)
from portfolio.model.plans import Helper, Step
from portfolio.moments.conference.family_place import coded
from portfolio.moments.conference.family_room import FamilyRoom
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.turn import Turn, turn_do
from portfolio.moments.room import Asked, Brought, Outcome
from portfolio.rules import answering as rules
from portfolio.rules import for_audience
from portfolio.rules.running_order import running_order
from portfolio.views import answering as pages
from portfolio.views.environment import environment
from portfolio.views.safe import SafePage
from portfolio.words import say as worded
from portfolio.words import speak
from tests.meetings import DAD, MAMA, at, of_kind, photo, table, voice
from tests.teachers import NOW, form, sample_folder

SCREENS = (
    "",
    "notice",
    "glow",
    "letter",
    "faces",
    "voice",
    "drawing",
    "teacher",
    "sent",
    "promises",
    "said",
    "done",
)


@pytest.fixture
def mama(tmp_path: Path) -> Iterator[Table]:
    """Return the table of Mateo's first home; the second is ``dad``'s."""
    folder = sample_folder(tmp_path)
    store = folder.store()
    yield table(folder, store, "mateo", MAMA)
    store.close()


def dads(mama: Table) -> Table:
    """Return the table of the other home, over the same class."""
    return table(mama.folder, mama.store, "mateo", DAD)


def answers(of: Table) -> list[Reply]:
    """Return the answers of one home, without those the sample has."""
    return [
        one for one in of_kind(of, Reply) if one.household_id == of.household_id and "reply-" in one.entry_id
    ]


def write(of: Table, who: str, screen: str, *, version: int = 0, give: bool = False, **told: str) -> Outcome:
    """Let somebody write on a screen."""
    told = {"lang": "es", "share": "1", **told, **({"how": "give"} if give else {})}
    told = {name.replace("_", "-"): text for name, text in told.items() if text != "off"}
    return FamilyRoom(of).do(at(who, screen), form("answer", version=version, **told))


def texts(reply: Reply) -> dict[str, str]:
    """Return the words of an answer by how they begin."""
    return {line.starter: line.words.text for line in reply.lines}


# ---------------------------------------------------------------------------------------------- writing


def test_words_are_kept_while_they_are_written_and_given_by_a_button(mama: Table) -> None:
    """Words are kept at once but not given; the button gives them; the words carry the language they were written in."""
    kept = write(mama, "Mamá", "notice", notice="Veo tres azules.")
    assert (kept.version, kept.go) == (1, "")
    (reply,) = answers(mama)
    assert reply.on is None and texts(reply) == {"I notice": "Veo tres azules."}
    done = write(
        mama, "Mamá", "notice", version=1, give=True, notice="Veo tres azules.", ask="¿Quién te ayudó?"
    )
    (reply,) = answers(mama)
    assert reply.on == NOW.date() and done.go == f"family/es/{coded('Mamá')}"
    assert {line.words.lang for line in reply.lines} == {"es"}
    assert reply.form == "notice_wonder" and (reply.who, reply.household_id) == ("Mamá", MAMA)


def test_an_answer_that_was_lost_and_sent_again_makes_no_twin(mama: Table) -> None:
    """The same first words sent twice, by a page that never heard of the first time, are one answer and one version."""
    for _ in range(3):
        assert write(mama, "Mamá", "letter", letter_own="Te quiero.").version == 1
    assert len(answers(mama)) == 1


def test_each_adult_and_each_way_has_an_answer_of_its_own(mama: Table) -> None:
    """Two adults and two ways make four answers; the same person in other letters is the same person."""
    for who in ("Mamá", "Abuelo", " MAMÁ "):
        write(mama, who, "notice", version=1 if who == " MAMÁ " else 0, notice="Bien.")
        write(mama, who, "letter", version=1 if who == " MAMÁ " else 0, letter_own="Bien.")
    assert sorted((one.who, one.form) for one in answers(mama)) == [
        ("Abuelo", "letter"), ("Abuelo", "notice_wonder"), ("Mamá", "letter"), ("Mamá", "notice_wonder"),
    ]  # fmt: skip


def test_two_phones_of_one_home_lose_nothing(mama: Table) -> None:
    """Two who write in different fields keep both; in the same field the second is shown what stands there."""
    write(mama, "Mamá", "notice", notice="uno")
    write(mama, "Mamá", "notice", version=1, notice="uno", wonder="dos")
    write(mama, "Mamá", "notice", version=1, notice="tres")
    assert texts(answers(mama)[0]) == {"I notice": "tres", "I wonder": "dos"}
    with pytest.raises(ChangedMeanwhile) as clash:
        write(mama, "Mamá", "notice", version=1, notice="cuatro")
    assert clash.value.values["theirs"] == {"notice": "tres"} and clash.value.values["version"] == 3
    with pytest.raises(ChangedMeanwhile):
        FamilyRoom(mama).do(
            at("Mamá", "notice"), form("answer", notice="cinco", lang="es")
        )  # no version at all
    assert texts(answers(mama)[0])["I notice"] == "tres"


def test_an_answer_is_taken_back_and_can_begin_again(mama: Table) -> None:
    """What was taken back is gone from the book, stands in its history, and the same form can be filled once more."""
    write(mama, "Mamá", "letter", give=True, letter_own="Te quiero.")
    (reply,) = answers(mama)
    room = FamilyRoom(mama)
    with pytest.raises(ChangedMeanwhile):
        room.do(at("Mamá", "said"), form("take-back", version=7, reply=reply.entry_id))
    kept = mama.store.entry(mama.portfolio_id, reply.entry_id).version
    room.do(at("Mamá", "said"), form("take-back", version=kept, reply=reply.entry_id))
    assert not answers(mama)
    assert len(mama.store.history(mama.portfolio_id, reply.entry_id)) == kept + 1
    assert 'data-version="3"' in room.show(at("Mamá", "letter")).body
    write(mama, "Mamá", "letter", version=3, letter_own="Otra vez.")
    assert texts(answers(mama)[0]) == {"": "Otra vez."}


def test_nothing_is_given_where_nothing_is_said(mama: Table) -> None:
    """An empty answer is refused with a sentence, and nothing is written."""
    with pytest.raises(InputRefused):
        write(mama, "Mamá", "notice", give=True, notice="  ")
    with pytest.raises(InputRefused):
        FamilyRoom(mama).do(at("Mamá", "teacher"), form("to-teacher", about="thanks", words="\n"))
    assert not answers(mama) and not of_kind(mama, ToTeacher)


def test_after_the_meeting_what_was_given_stays(mama: Table) -> None:
    """Once the meeting is over nothing given is changed or taken back; what was not given yet may still come."""
    write(mama, "Mamá", "letter", give=True, letter_own="Te quiero.")
    meeting = Meeting(entry_id="meeting-1", household_id=MAMA, began=NOW, ended=NOW + timedelta(minutes=20))
    mama.store.keep(mama.portfolio_id, meeting, expected=0, by="student", at=NOW)
    (reply,) = answers(mama)
    now = FamilyRoom(mama).show(at("Mamá")).body
    here = f"family/es/{coded('Mamá')}"
    assert f'href="#{here}/said"' in now and f'href="#{here}/letter"' not in now
    assert "Lo que diste se queda como está." in now
    with pytest.raises(InputRefused, match="over"):
        write(mama, "Mamá", "letter", version=2, letter_own="No.")
    with pytest.raises(InputRefused, match="over"):
        FamilyRoom(mama).do(at("Mamá", "said"), form("take-back", version=2, reply=reply.entry_id))
    assert "Change it" not in FamilyRoom(mama).show(at("Mamá", "said")).body
    write(mama, "Mamá", "notice", give=True, notice="Después.")
    assert {one.form for one in answers(mama)} == {"letter", "notice_wonder"}
    again = meeting.but(entry_id="meeting-2", ended=None)
    mama.store.keep(mama.portfolio_id, again, expected=0, by="student", at=NOW)
    write(mama, "Mamá", "letter", version=2, letter_own="Sí.")
    assert texts(next(one for one in answers(mama) if one.form == "letter")) == {"": "Sí."}


def test_the_page_marks_what_is_given_and_tells_where_it_is(mama: Table) -> None:
    """A way that was answered in says whether it is given, only begun, or not for the child; nothing given is in no copy."""
    room = FamilyRoom(mama)
    assert "meet-has" not in room.show(at("Mamá")).body
    copied, say = speak("es")("It is in your copy of the book."), speak("es")
    nothing = say("Nothing is written from your home. That is fine: you have listened.")
    assert copied not in (ended := room.show(at("Mamá", "done")).body) and nothing in ended
    write(mama, "Mamá", "notice", notice="Veo.")
    write(mama, "Mamá", "letter", give=True, letter_own="Te quiero.")
    write(mama, "Mamá", "faces", give=True, face="face-5", share="off")
    marks = re.findall(
        r'<a class="meet-card meet-has" href="#[^"]*/(\w+)">.*?<small>.*?</svg>(.*?)</small>',
        room.show(at("Mamá")).body,
    )
    assert marks == [
        ("notice", say("begun, not given yet")),
        ("letter", say("given")),
        ("faces", say("given, {name} does not see it", name="Mateo")),
    ]
    assert "meet-has" not in room.show(at("Abuelo")).body
    done = room.show(at("Mamá", "done")).body
    hidden = say.many(
        "{name} does not see {n} answer of yours.",
        "{name} does not see {n} answers of yours.",
        1,
        name="Mateo",
    )
    assert hidden in done and copied in done


def test_the_goal_on_the_phone_says_who_helps_and_when(mama: Table) -> None:
    """What one says yes to stands there whole; after the end a yes may still come, and none is taken back."""
    day = NOW.date() + timedelta(days=28)
    goal = Goal(
        entry_id="goal-x",
        set_by="together",
        goal=Passage(text="Read aloud."),
        steps=(Step(what=Passage(text="One page."), when="every evening"),),
        helpers=(Helper(who="Luis", what=Passage(text="listens")),),
        look_again=(day,),
    )
    mama.store.keep(mama.portfolio_id, goal, expected=0, by="student", at=NOW)
    room = FamilyRoom(mama)
    body = room.show(at("Mamá", "promises")).body
    for words in ("Read aloud.", "One page.", "every evening", "Luis", "listens", speak("es").day(day)):
        assert words in body
    meeting = Meeting(entry_id="meeting-1", household_id=MAMA, began=NOW, ended=NOW + timedelta(minutes=20))
    mama.store.keep(mama.portfolio_id, meeting, expected=0, by="student", at=NOW)
    room.do(at("Mamá", "promises"), form("agree", version=1, goal="goal-x", yes="1"))
    assert 'value="0"' not in room.show(at("Mamá", "promises")).body
    with pytest.raises(InputRefused, match="Your yes stays"):
        room.do(at("Mamá", "promises"), form("agree", version=2, goal="goal-x", yes="0"))
    kept = mama.store.entry(mama.portfolio_id, "goal-x").entry
    assert isinstance(kept, Goal) and kept.agreed == ("family",)


def test_a_promise_is_written_into_what_we_promise_once(mama: Table) -> None:
    """With its tick a promise stands in the list, in the name of who made it, and follows until somebody rewords it."""
    before = len(of_kind_promises(mama))
    write(mama, "Abuelo", "glow", give=True, promise="Leo con él.", too="1")
    write(mama, "Abuelo", "glow", version=2, give=True, promise="Leo los martes.", too="1")
    made = of_kind_promises(mama)[before:]
    assert [(one.who, one.name, one.what.text, one.what.lang) for one in made] == [
        ("family", "Abuelo", "Leo los martes.", "es")
    ]
    kept = mama.store.entry(mama.portfolio_id, made[0].entry_id)
    reworded = made[0].but(what=Passage(text="Leemos.", lang="es"))
    mama.store.keep(mama.portfolio_id, reworded, expected=kept.version, by="student", at=NOW)
    said = write(mama, "Abuelo", "glow", version=3, give=True, promise="Leo los lunes.", too="1").say
    assert of_kind_promises(mama)[before:][0].what.text == "Leemos." and "no se cambió nada" in said
    write(mama, "Mamá", "glow", give=True, promise="Sin marca.")
    assert len(of_kind_promises(mama)) == before + 1


def of_kind_promises(of: Table) -> list[Agreement]:
    """Return the promises of the book."""
    return [one.entry for one in of.store.entries(of.portfolio_id) if isinstance(one.entry, Agreement)]


# ----------------------------------------------------------------------------------------------- things


def test_a_voice_and_a_drawing_are_cleaned_kept_and_given_once(mama: Table) -> None:
    """A recording and a photo arrive once however often they are sent, lie in the child's folder, and can be taken out."""
    room, raw = FamilyRoom(mama), voice()
    for _ in range(2):
        room.do(
            at("Mamá", "voice"),
            form("bring", Brought("file", "v.wav", raw), words="Te quiero", lang="es", share="1"),
        )
        room.do(
            at("Mamá", "drawing"),
            form("bring", Brought("file", "d.jpg", photo()), words="", lang="es", share="1"),
        )
    drawing, spoken = sorted(answers(mama), key=lambda one: one.form)
    (sound,), (picture,) = spoken.media, drawing.pictures
    assert isinstance(sound, Sound) and sound.transcript.text == "Te quiero" and spoken.on and drawing.on
    assert mama.store.media("mateo", sound.sha256, sound.suffix) and mama.store.picture(
        "mateo", picture.sha256
    )
    body = room.show(at("Mamá", "said")).body
    assert "data:audio/" in body and "data:image/webp" in body
    taken = form("take-out", reply=drawing.entry_id, thing=picture.sha256)
    room.do(at("Mamá", "drawing"), taken)
    assert not [one for one in answers(mama) if one.pictures]
    with pytest.raises(NotFound):
        room.do(at("Mamá", "drawing"), taken)


@pytest.mark.parametrize("screen", ["voice", "drawing"])
@pytest.mark.parametrize(
    "raw", [b"", b"GIF89a", b"\x00" * 4000, b"%PDF-1.7 not one", b"<script>alert(1)</script>"]
)
def test_what_is_no_voice_or_picture_is_refused_with_a_sentence(mama: Table, screen: str, raw: bytes) -> None:
    """A file of another kind changes nothing and is answered with a sentence."""
    with pytest.raises(PortfolioError) as refused:
        FamilyRoom(mama).do(
            at("Mamá", screen), form("bring", Brought("file", "x.mp3", raw), words="", lang="es")
        )
    assert worded(refused.value, speak("en")).endswith(".") and not answers(mama)


def test_a_photo_is_no_voice(mama: Table) -> None:
    """A picture where a voice is asked for is refused, and the other way round."""
    for screen, raw in (("voice", photo()), ("drawing", voice())):
        with pytest.raises(InputRefused):
            FamilyRoom(mama).do(
                at("Mamá", screen), form("bring", Brought("file", "x", raw), words="", lang="es")
            )


# --------------------------------------------------------------------------------------------- teacher


def test_words_for_the_teacher_are_kept_once_and_shown_nowhere_again(mama: Table) -> None:
    """What is sent to the teacher is an entry of its own, the same words of a day once; no screen shows it again."""
    room = FamilyRoom(mama)
    asked = form("to-teacher", about="question", words="SECRET-QUESTION", lang="es")
    for _ in range(2):
        assert room.do(at("Mamá", "teacher"), asked).go.endswith("/sent")
    room.do(at("Mamá", "teacher"), form("talk-alone"))
    room.do(at("Mamá", "teacher"), form("how-was-it", face="face-3", words="SECRET-LINE"))
    told = of_kind(mama, ToTeacher)
    assert [(one.about, one.private_talk, one.face) for one in told] == [
        ("question", False, None), ("tell", True, None), ("meeting", False, "face-3"),
    ]  # fmt: skip
    assert {one.household_id for one in told} == {MAMA} and told[0].words.lang == "es"
    for screen in SCREENS:
        assert "SECRET" not in room.show(at("Mamá", screen)).body


# --------------------------------------------------------------------------------------------- promises


def set_together(mama: Table) -> Goal:
    """Set a goal at the table."""
    goal = Goal(entry_id="goal-2", goal=Passage(text="We read together."), set_by="together")
    mama.store.keep(mama.portfolio_id, goal, expected=0, by="student", at=NOW)
    return goal


def test_a_home_says_yes_to_a_goal_and_takes_it_back(mama: Table) -> None:
    """The yes of a home stands in the goal once, can be taken back, and is not given to words that changed meanwhile."""
    goal, room = set_together(mama), FamilyRoom(mama)
    assert "We read together." in room.show(at("Mamá", "promises")).body
    for _ in range(2):
        room.do(at("Mamá", "promises"), form("agree", version=1, goal=goal.entry_id, yes="1"))
    kept = mama.store.entry(mama.portfolio_id, goal.entry_id)
    assert isinstance(kept.entry, Goal) and kept.entry.agreed == ("family",) and kept.version == 2
    room.do(at("Mamá", "promises"), form("agree", version=2, goal=goal.entry_id, yes="0"))
    reworded = goal.but(goal=Passage(text="We read each day."))
    mama.store.keep(mama.portfolio_id, reworded, expected=3, by="student", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        room.do(at("Mamá", "promises"), form("agree", version=3, goal=goal.entry_id, yes="1"))


def test_a_goal_the_child_keeps_to_itself_is_no_goal_to_agree_to(mama: Table) -> None:
    """Goals a child set alone, or ids of anything else, are not found."""
    ids = [one.entry.entry_id for one in mama.store.entries(mama.portfolio_id)]
    for entry_id in (*ids, "", "../x"):
        with pytest.raises(NotFound):
            FamilyRoom(mama).do(at("Mamá", "promises"), form("agree", version=1, goal=entry_id, yes="1"))


def test_a_goal_on_a_page_the_child_keeps_back_is_neither_shown_nor_agreed_to(mama: Table) -> None:
    """Where the child shows no goals to families, the goal of the table is on no home's page, and its id is not found."""
    goal = set_together(mama)
    meta, version = mama.store.meta(mama.portfolio_id)
    hidden = tuple(
        SectionChoice(section=one.section_id, shown_to_family=False)
        for one in mama.book.template.sections
        if one.holds == "goals"
    )
    mama.store.keep_meta(meta.but(sections=hidden), expected=version)
    room = FamilyRoom(mama)
    assert "We read together." not in room.show(at("Mamá", "promises")).body
    with pytest.raises(NotFound):
        room.do(at("Mamá", "promises"), form("agree", version=1, goal=goal.entry_id, yes="1"))


# ------------------------------------------------------------------------------------------ following


def test_the_page_follows_what_is_open_on_the_deck(mama: Table) -> None:
    """The screen follows the deck by name, with no redrawing while nothing changes, and shows a promise as it is written."""
    room, here = FamilyRoom(mama), at("Mamá")
    first = room.show(here)
    assert first.seen and not room.look(here, first.seen, "").asides
    scenes = running_order(for_audience(mama.book, "conference"))
    work = next(one for one in scenes if one.part and one.part.content.holds == "work")
    mama.live.turn(work.name, work.line.step, NOW)
    looked = room.look(here, first.seen, "")
    piece = mama.book.portfolio.work[0].title.text
    assert piece in looked.asides["live-now"] and looked.seen != first.seen
    assert not room.look(here, looked.seen, "").asides
    promises = at("Mamá", "promises")
    was = room.look(promises, "", "").seen
    write(mama, "Abuelo", "glow", give=True, promise="NEW-PROMISE", too="1")
    assert "NEW-PROMISE" in room.look(promises, was, "").asides["live-promises"]


def test_nobody_follows_the_meeting_of_another_home(mama: Table) -> None:
    """While the meeting is held with one home, the other's page does not tell what is open."""
    scene = next(one for one in running_order(for_audience(mama.book, "conference")) if one.part)
    held = Meeting(entry_id="meeting-1", household_id=MAMA, began=NOW)
    mama.store.keep(mama.portfolio_id, held, expected=0, by="student", at=NOW)
    mama.live.turn(scene.name, scene.line.step, NOW)
    begins = 'class="meet-title"'  # what is open, and how one could begin
    assert begins in FamilyRoom(mama).show(at("Mamá")).body
    assert begins not in FamilyRoom(dads(mama)).show(at("Dad")).body


# ------------------------------------------------------------------------------------ another home


def test_no_form_of_one_home_reaches_another(mama: Table) -> None:
    """Ids of the other home's answers in forged forms are not found, and nothing of theirs changes or is shown."""
    write(mama, "Mamá", "letter", give=True, letter_own="MAMA-WORDS")
    picture = form("bring", Brought("file", "d.jpg", photo("blue")), words="", lang="es", share="1")
    FamilyRoom(mama).do(at("Mamá", "drawing"), picture)
    theirs, room = answers(mama), FamilyRoom(dads(mama))
    for one in theirs:
        things = [picture.sha256 for picture in one.pictures] or ["x"]
        with pytest.raises(NotFound):
            room.do(at("Dad", "said"), form("take-back", version=2, reply=one.entry_id))
        with pytest.raises(NotFound):
            room.do(at("Dad", "drawing"), form("take-out", reply=one.entry_id, thing=things[0]))
    for screen in SCREENS:
        assert (
            "MAMA-WORDS" not in room.show(at("Mamá", screen)).body
        )  # not even under the name of the other adult
    room.do(at("Mamá", "letter"), form("answer", version=0, lang="en", **{"letter-own": "DAD-WORDS"}))
    assert answers(mama) == theirs and texts(answers(dads(mama))[0]) == {"": "DAD-WORDS"}


def test_a_home_that_is_gone_gets_one_sentence(mama: Table) -> None:
    """A page of a home that was taken away says so on every screen and in every form."""
    room = FamilyRoom(dataclasses.replace(mama, household_id="gone"))
    with pytest.raises(NotFound, match="ended"):
        room.show(())
    with pytest.raises(NotFound, match="ended"):
        room.do(at("Mamá", "notice"), form("answer", version=0, notice="x"))
    assert room.look(at("Mamá"), "seen", "").seen == "seen"


# ------------------------------------------------------------------------------------------ the screens


def test_every_screen_is_whole_in_every_language_of_the_home(mama: Table) -> None:
    """Each screen is made by our templates, says its language and direction, and has no styles or scripts of its own."""
    for lang, direction in (("es", "ltr"), ("ar", "rtl")):
        of = with_reading(mama, lang)
        room = FamilyRoom(of)
        for place in ((), (lang,), *(at("Mamá", screen, lang) for screen in SCREENS)):
            screen = room.show(place)
            assert type(screen.body) is SafePage and screen.title
            assert screen.body.lstrip().startswith(f'<div class="meet" lang="{lang}" dir="{direction}">')
            assert "style=" not in screen.body and "<script" not in screen.body and room.lang == lang


def with_reading(of: Table, lang: str) -> Table:
    """Let the home read this language first."""
    student = of.store.student(of.student_id)
    homes = tuple(
        home.but(reads=(lang, "en")) if home.household_id == of.household_id else home
        for home in student.households
    )
    of.store.keep_student(student.but(households=homes))
    return of


def test_whatever_somebody_writes_stays_text(mama: Table) -> None:
    """A name or words with signs of HTML, emoji and right-to-left marks are shown as they are and open nothing."""
    nasty = '<img src=x onerror="1">\u202e😀 “x”'
    write(mama, nasty, "letter", give=True, letter_own=nasty)
    room = FamilyRoom(mama)
    for screen in SCREENS:
        assert "<img src=x" not in room.show(at(nasty, screen)).body
    assert texts(answers(mama)[0]) == {"": nasty}


PAGES = (
    pages.HelloPage, pages.NowPart, pages.NowPage, pages.WritePage, pages.BringPage, pages.ForTeacherPage, pages.SentPage,
    pages.PromisesPart, pages.PromisesPage, pages.SaidPage, pages.DonePage, pages.TurnPart, pages.SaidPart,
)  # fmt: skip


@pytest.mark.parametrize("screen", PAGES, ids=lambda screen: screen.__name__)
def test_every_variable_of_a_screen_is_promised_and_used(screen: type) -> None:
    """A screen's dataclass fields and the variables its template reads are the same, both ways."""
    env = environment()
    assert env.loader is not None
    source = env.loader.get_source(env, f"meeting/{screen.template}")[0]  # type: ignore[attr-defined]  # each page has one
    read = meta.find_undeclared_variables(env.parse(source)) - {"icons", "caller"}
    assert read == {field.name for field in dataclasses.fields(screen)}


# ----------------------------------------------------------------------------------- anything at all

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "1",
            "give",
            "en",
            "ar",
            "qq-",
            "face-5",
            "notice",
            "question",
            "goal-1",
            "0",
            f"{DAD}/0",
            MAMA + "/",
        ]
    ),
)
NAMES = st.sampled_from(
    "notice wonder ask glow promise letter-1 letter-own face face-line lang share how too name reply thing goal yes about words "
    "from way".split()
)
DOES = st.sampled_from(
    "answer who bring take-out take-back agree to-teacher talk-alone how-was-it turn-give x".split()
)
PLACES = st.tuples(
    st.sampled_from(["es", "en", "", "x" * 40, "../.."]), st.sampled_from([coded("Mamá"), coded("Abuelo"), "%", ""]),
    st.sampled_from((*SCREENS, "desk", "..")),
)  # fmt: skip


@pytest.mark.more
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(
        st.tuples(
            PLACES, DOES, st.dictionaries(NAMES, st.tuples(WORDS), max_size=6), st.none() | st.integers(-2, 9)
        ),
        max_size=4,
    )
)
def test_whatever_is_asked_is_done_or_answered_with_a_sentence(
    mama: Table, places: list[tuple[tuple[str, ...], str, dict[str, tuple[str, ...]], int | None]]
) -> None:
    """Any form on any screen is done or refused with a sentence; the other home's and the child's entries never change."""
    store, book = mama.store, mama.portfolio_id
    mine = (Reply, ToTeacher)

    def others() -> list[object]:
        return [
            one.entry
            for one in store.entries(book)
            if not (isinstance(one.entry, mine) and one.entry.household_id == MAMA)
            and not isinstance(one.entry, Agreement)
        ]

    def tried(do: Callable[[], object]) -> None:
        sentence = "done"
        try:
            do()
        except PortfolioError as error:
            sentence = worded(error, speak("en"))
        assert sentence.strip()

    before, deck = others(), table(mama.folder, store, "mateo")
    for place, what, values, version in places:
        if what == "turn-give":
            tried(partial(turn_do, deck, Asked(what, {**values, "from": (f"{MAMA}/0",)})))
        else:
            tried(partial(FamilyRoom(mama).do, place, Asked(what, values, (), version)))
        tried(partial(FamilyRoom(mama).show, place))
    assert others() == before
    said = [(rules.answer_id(book, MAMA, one.who, rules.way_of(one))) for one in answers(mama)]
    assert len(said) == len(set(said))
    assert Turn().parts(table(mama.folder, store, "mateo"), mama.book)


@given(st.text(max_size=60), st.text(max_size=60))
def test_only_the_same_name_is_the_same_person(one: str, other: str) -> None:
    """Ids of answers are valid, follow from the name alone, and differ for different names, homes and ways."""
    first, second = (rules.answer_id("p", "h", who, "notice") for who in (one, other))
    assert Reply(entry_id=first, household_id="h").entry_id == first
    assert (first == second) == (_plain(one) == _plain(other))
    assert len({first, rules.answer_id("p", "i", one, "notice"), rules.answer_id("p", "h", one, "glow")}) == 3


def _plain(name: str) -> str:
    import unicodedata

    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def test_lines_from_elsewhere_outlive_a_change(mama: Table) -> None:
    """An answer that holds lines these pages do not ask for keeps them when one of ours is written."""
    before = Reply(
        entry_id="r", household_id="h", lines=(ReplyLine(starter="Older", words=Passage(text="stays")),)
    )
    made = rules.written(before, "notice", {"notice": "new"})
    assert texts(made) == {"I notice": "new", "Older": "stays"}
    del mama
