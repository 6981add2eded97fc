"""The class templates we ship: complete, in children's words, with minutes that add up."""
# long: the plan of what every section of four age bands asks stands here as one table

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from portfolio.files import class_templates, page_templates
from portfolio.model import ClassTemplate, Section
from portfolio.model.fields import askable
from portfolio.store.template_file import load_template

BANDS = ("k-2", "3-5", "6-8", "9-12")
YOUNG = ("k-2", "3-5")
BOOK_ORDER = (
    "welcome letter our_family last_time me strengths work then_now feels friends habits growing goals help ask_me "
    "teacher_note together looking_ahead thank_you"
).split()
FACES = ("great", "good", "so-so", "not so good", "hard")
WORDS = ("always", "mostly", "sometimes", "not yet")
PROGRESS = ("just starting", "getting there", "nearly", "done", "changed my mind")
SCHOOL_WORDS = (
    r"rubrics?|benchmarks?|proficien\w*|standards?|assess\w*|evidence|reflect\w*|mindset|SEL|IEP|objectives?|"
    r"strateg\w*|scaffold\w*|fluen\w*|skills?|competenc\w*|portfolio|prompts?|score|grade level|percent|points?"
)
CHEER = r"awesome|amazing|super|fantastic|great job|well done|yay|wow|oops"
NAMED_KIN = r"mom|mum|dad|mother|father|parents?"

FIELDS = {
    "k-2": {
        "welcome": "hello who",
        "letter": "drawing feel",
        "our_family": "picture languages together celebrate",
        "last_time": "result because",
        "me": "like can need",
        "strengths": "picks what pictures",
        "work": "pictures media title why_is did learned hard helped_picks next",
        "then_now": "before now changed",
        "feels": "mornings lessons breaks",
        "friends": "in_class at_play at_lunch play_with",
        "habits": "listen try share tidy",
        "growing": "picks what",
        "goals": "area picks goal why_is now_is steps if_this then_that helper_picks know_by look_again",
        "help": "home",
        "ask_me": "cards",
        "teacher_note": "strength next_step home_help look_again",
        "together": "who name what by_when",
        "looking_ahead": "bigger",
        "thank_you": "thanks best",
    },
    "3-5": {
        "welcome": "today",
        "letter": "letter",
        "our_family": "names languages celebrate share picture",
        "last_time": "result because",
        "me": "love try stuck",
        "strengths": "what proof piece pictures",
        "work": "pictures media title subject sort why did learned hard helped_by next look",
        "then_now": "before now changed did",
        "feels": "mornings lessons breaks example",
        "friends": "happy work_with hard",
        "habits": "keep_trying ask_when_stuck check_my_work work_with_others look_after_things example",
        "growing": "what first_step help look_again",
        "goals": "area by_when goal why now now_piece steps obstacle if_this then_that helpers know_by look_again",
        "help": "at_home at_school",
        "ask_me": "cards",
        "teacher_note": "strength next_step home_help look_again",
        "together": "who name what by_when",
        "looking_ahead": "this_year",
        "thank_you": "thanks best letter_back",
    },
    "6-8": {
        "welcome": "what why how_long",
        "letter": "letter",
        "our_family": "names languages celebrate share picture",
        "last_time": "result because keep_change",
        "me": "pulls_in throws_off do_about",
        "strengths": "what proof quote quote_by piece pictures media",
        "work": "pictures media title subject sort why did learned hard helped_by next look",
        "then_now": "before before_media now now_media changed did",
        "feels": "mornings lessons breaks example better",
        "friends": "fit_in not_yet go_to",
        "habits": "keep_trying ask_when_stuck check_my_work work_with_others look_after_things example teacher_says",
        "growing": "what tried first_step help look_again",
        "goals": "area by_when goal why now now_piece steps obstacle if_this then_that helpers know_by evidence look_again",
        "help": "please_do please_dont",
        "ask_me": "cards own_card",
        "teacher_note": "strength next_step home_help look_again",
        "together": "who name what by_when",
        "looking_ahead": "classes clubs next_school",
        "thank_you": "thanks best letter_back read_out",
    },
    "9-12": {
        "welcome": "purpose order want",
        "letter": "letter",
        "our_family": "names languages celebrate share picture",
        "last_time": "result because keep_change tells",
        "me": "best proof changed",
        "strengths": "what proof piece pictures media",
        "work": "pictures media title subject sort why did learned hard helped_by next look",
        "then_now": "before before_media now now_media changed did",
        "feels": "mornings lessons breaks example better",
        "friends": "energy drains corner",
        "habits": "keep_trying ask_when_stuck check_my_work work_with_others plan_my_time example against teacher_says",
        "growing": "what behind first_step help look_again",
        "goals": (
            "area by_when goal why now now_piece steps obstacle obstacle_around if_this then_that if_thens "
            "helpers know_by evidence look_again"
        ),
        "help": "want no_longer",
        "ask_me": "first_card second_card third_card",
        "teacher_note": "strength next_step home_help look_again",
        "together": "who name what by_when",
        "looking_ahead": "options needed actions talk_to",
        "thank_you": "thanks best letter_back read_out confirm",
    },
}
"""What every section asks, band by band."""

STEPS = "welcome last_time strengths work then_now growing your_turn teacher_note together thank_you adults".split()
FULL_MINUTES = {
    "k-2": (1, 1, 2, 8, 2, 1, 2, 1, 1, 1, 5),
    "3-5": (1, 2, 3, 6, 1, 2, 2, 1, 2, 1, 5),
    "6-8": (1, 2, 3, 7, 2, 3, 3, 2, 2, 1, 5),
    "9-12": (1, 3, 3, 8, 2, 4, 4, 2, 3, 1, 5),
}
FULL_SUMS = {"k-2": (20, 25), "3-5": (21, 26), "6-8": (26, 31), "9-12": (31, 36)}
SAMPLES_IN_SHORT = {"k-2": 1, "3-5": 2, "6-8": 2, "9-12": 2}
MOST_ENTRIES = {
    "k-2": {"strengths": 2, "work": 2, "growing": 1, "goals": 2},
    "3-5": {"strengths": 3, "work": 3, "growing": 2, "goals": 2},
    "6-8": {"strengths": 3, "work": 4, "growing": 2, "goals": 3},
    "9-12": {"strengths": 4, "work": 5, "growing": 2, "goals": 3},
}
MOST_WORDS = {"k-2": 12, "3-5": 40, "6-8": 80, "9-12": 150}
AREAS = {
    "k-2": "reading numbers friends care own",
    "3-5": "subject habits feelings own",
    "6-8": "subject habits order feelings own",
    "9-12": "subject habits order feelings later own",
}


@pytest.fixture(params=BANDS, scope="module")
def template(request: pytest.FixtureRequest) -> ClassTemplate:
    """The shipped template of one age band."""
    return load_template(class_templates() / f"{request.param}.yaml")


def texts(template: ClassTemplate) -> Iterator[str]:
    """Yield every text a child may hear or read."""
    for section in template.sections:
        yield from (section.title, section.intro, section.each, section.add)
        for prompt in section.prompts:
            yield from (prompt.ask, prompt.hint, prompt.lead, *prompt.starters)
            yield from (choice.label for choice in prompt.choices)
            yield from (column.ask for column in prompt.columns)
    for agenda in template.agendas:
        yield from (step.title for step in agenda.steps)


def labels(section: Section | None, field: str) -> tuple[str, ...]:
    """Return the words under the choices of a prompt."""
    prompt = section.prompt(field) if section else None
    assert prompt is not None
    return tuple(choice.label for choice in prompt.choices)


def test_a_template_is_named_after_its_age_band(template: ClassTemplate) -> None:
    """A template's id, age band and file name are the same."""
    assert template.template_id == template.age_band


def test_the_sections_stand_in_the_order_of_the_book(template: ClassTemplate) -> None:
    """One order serves desk, conference and home file, and strengths come before what is hard."""
    assert [section.section_id for section in template.sections] == BOOK_ORDER


def test_each_section_asks_what_it_should(template: ClassTemplate) -> None:
    """Every section of the content plan asks for each of its fields, and for nothing else."""
    asked = {s.section_id: " ".join(p.field for p in s.prompts) for s in template.sections}
    assert asked == FIELDS[template.age_band]


def test_a_template_survives_being_stored(template: ClassTemplate) -> None:
    """Written as JSON and read back, a template is the same value."""
    assert ClassTemplate.model_validate_json(template.model_dump_json()) == template


def test_the_number_of_entries_follows_the_age(template: ClassTemplate) -> None:
    """Strengths, samples, growing areas and goals are as many as a child of this age can carry."""
    planned = MOST_ENTRIES[template.age_band]
    assert {s.section_id: s.at_most for s in template.sections if s.section_id in planned} == planned


def test_one_goal_is_kept_for_the_table(template: ClassTemplate) -> None:
    """The last goal stays empty until child, family and teacher make it together."""
    goals = template.section("goals")
    assert goals is not None and goals.kept_for_the_table == 1


def test_friends_and_feelings_and_our_family_belong_to_the_child(template: ClassTemplate) -> None:
    """Only these sections may be left out, and only these stay hidden until the child shows them."""
    hidden = [s.section_id for s in template.sections if not s.shown_to_family]
    left_out = [s.section_id for s in template.sections if s.optional]
    assert hidden == left_out == ["our_family", "friends"]


def test_the_teacher_writes_one_page_and_all_write_another(template: ClassTemplate) -> None:
    """The child speaks everywhere but in the teacher's note and in what is agreed at the table."""
    others = {s.section_id: s.speaker for s in template.sections if s.speaker != "student"}
    assert others == {"teacher_note": "teacher", "together": "all"}


def test_answers_are_words_and_faces_never_numbers(template: ClassTemplate) -> None:
    """School feels like one of five faces, habits are a word, and how far a goal is is a sticker."""
    feels, habits, last = (template.section(name) for name in ("feels", "habits", "last_time"))
    assert labels(feels, "mornings") == FACES
    assert labels(last, "result") == PROGRESS
    if template.age_band != "k-2":
        assert labels(habits, "keep_trying") == WORDS
    assert not [text for text in texts(template) if re.search(r"\d", text)]


def test_faces_go_from_the_fifth_to_the_first(template: ClassTemplate) -> None:
    """The five faces are drawn as the words say, the happiest first."""
    section = template.section("feels")
    assert section is not None
    drawn = [choice.icon for choice in section.prompts[0].choices]
    assert drawn == ["face-5", "face-4", "face-3", "face-2", "face-1"]


def test_every_icon_is_drawn(template: ClassTemplate) -> None:
    """Each icon a template names exists among our drawings."""
    drawn = json.loads((page_templates() / "icons" / "icons.json").read_text(encoding="utf-8"))
    named = {section.icon for section in template.sections}
    named |= {c.icon for s in template.sections for p in s.prompts for c in p.choices if c.icon}
    assert named <= set(drawn)


def test_the_youngest_pick_pictures() -> None:
    """In K–2 every choice has a picture, since not every child reads its word."""
    template = load_template(class_templates() / "k-2.yaml")
    choices = [c for s in template.sections for p in s.prompts for c in p.choices]
    assert len(choices) > 50 and all(choice.icon for choice in choices)


def test_the_youngest_hear_at_most_eight_words() -> None:
    """In K–2 no question, hint, button or offer is longer than eight words."""
    template = load_template(class_templates() / "k-2.yaml")
    assert not [text for text in texts(template) if len(text.split()) > 8]


def test_a_question_asks_one_thing(template: ClassTemplate) -> None:
    """No question holds two question marks, and none of them is longer than twelve words."""
    asks = [prompt.ask for section in template.sections for prompt in section.prompts]
    assert not [ask for ask in asks if ask.count("?") > 1 or len(ask.split()) > 12]


def test_a_child_is_asked_for_few_words(template: ClassTemplate) -> None:
    """What a child writes has a soft cap: a sentence in K–2, at most 150 words in grades 9 to 12."""
    cap = MOST_WORDS[template.age_band]
    written = [
        p
        for s in template.sections
        if s.speaker == "student"
        for p in s.prompts
        if p.control in ("line", "long")
    ]
    assert template.about_words == cap and written
    assert all(prompt.words is not None and prompt.words <= cap for prompt in written)


@pytest.mark.parametrize("unwanted", [SCHOOL_WORDS, CHEER, NAMED_KIN])
def test_the_words_are_plain_and_kind(template: ClassTemplate, unwanted: str) -> None:
    """No school word, no cheer, and no family member who may not be there is named."""
    found = [text for text in texts(template) if re.search(rf"\b({unwanted})\b", text, re.IGNORECASE)]
    assert not found


def test_a_beginning_flows_into_the_childs_words(template: ClassTemplate) -> None:
    """Leads and starters hold no dots for the gap: the child's words follow them directly."""
    prompts = [p for s in template.sections for p in s.prompts]
    beginnings = [text for p in prompts for text in (p.lead, *p.starters)]
    assert not [text for text in beginnings if "…" in text or "_" in text or "..." in text]


def test_a_full_meeting_has_the_planned_minutes(template: ClassTemplate) -> None:
    """Every step of the full agenda has its minutes, and the sums are those of the plan."""
    full = template.agenda("full")
    assert [step.step_id for step in full.steps] == STEPS
    assert tuple(step.minutes for step in full.steps) == FULL_MINUTES[template.age_band]
    assert (full.child_minutes, full.all_minutes) == FULL_SUMS[template.age_band]


def test_a_short_meeting_is_a_real_quarter_of_an_hour(template: ClassTemplate) -> None:
    """The short agenda takes 15 minutes of the child, shows fewer samples and no then-and-now."""
    short = template.agenda("short")
    work = next(step for step in short.steps if "work" in step.sections)
    assert sum(step.minutes for step in short.steps if not step.private) == 15
    assert work.at_most == SAMPLES_IN_SHORT[template.age_band]
    assert not [step for step in short.steps if "then_now" in step.sections]
    first = template.agendas[0].preset_id  # slots up to grade 5 are 15 to 20 minutes long
    assert first == ("short" if template.age_band in YOUNG else "full")


def test_every_step_of_the_short_meeting_is_one_of_the_full(template: ClassTemplate) -> None:
    """A teacher who changes between agendas finds the same steps, speakers and sections, only fewer."""
    full = {step.step_id: step for step in template.agenda("full").steps}
    for step in template.agenda("short").steps:
        assert step.speaker == full[step.step_id].speaker
        assert set(step.sections) <= set(full[step.step_id].sections)
        assert step.minutes <= full[step.step_id].minutes


@pytest.mark.parametrize("preset", ["short", "full"])
def test_the_child_opens_and_closes_the_meeting(template: ClassTemplate, preset: str) -> None:
    """First and last word are the child's; only then, and only if wanted, the grown-ups stay alone."""
    together = [step for step in template.agenda(preset).steps if not step.private]
    alone = template.agenda(preset).steps[len(together) :]
    assert together[0].speaker == together[-1].speaker == "student"
    assert [(step.speaker, step.minutes, step.sections) for step in alone] == [("adults", 5, ())]


@pytest.mark.parametrize("preset", ["short", "full"])
def test_the_meeting_turns_the_pages_in_order(template: ClassTemplate, preset: str) -> None:
    """An agenda shows each section at most once, in the order of the book; the full one shows all."""
    shown = [name for step in template.agenda(preset).steps for name in step.sections]
    assert shown == [name for name in BOOK_ORDER if name in shown]
    assert preset == "short" or shown == BOOK_ORDER


def test_every_field_of_a_goal_is_asked_in_some_band() -> None:
    """Between them the four templates use the whole goal form, but for what is set by itself."""
    asked = set(" ".join(band["goals"] for band in FIELDS.values()).split())
    set_by_itself = {"set_by"}  # "me" at the desk, "together" at the table
    assert asked | set_by_itself == set(askable("goals"))


def test_a_goal_is_about_more_the_older_one_is(template: ClassTemplate) -> None:
    """The areas a goal may be about grow with the child: keeping order from grade 6, life after school from 9."""
    goals = template.section("goals")
    assert goals is not None
    area = goals.prompt("area")
    assert area is not None and " ".join(choice.id for choice in area.choices) == AREAS[template.age_band]


def columns(template: ClassTemplate, field: str) -> str:
    """Return the small lines of a row of the goal form, as one text."""
    goals = template.section("goals")
    prompt = goals.prompt(field) if goals else None
    return " ".join(column.field for column in prompt.columns) if prompt else ""


def test_who_helps_is_asked_more_exactly_the_older_one_is() -> None:
    """From grade 6 one says by when one asks a helper, from grade 9 whether they said yes."""
    helpers = {band: columns(load_template(class_templates() / f"{band}.yaml"), "helpers") for band in BANDS}
    assert helpers == {
        "k-2": "",  # faces to pick
        "3-5": "who what",
        "6-8": "who what ask_by",
        "9-12": "who what ask_by agreed",
    }


def test_a_plan_for_bad_days_has_two_lines_from_grade_9() -> None:
    """Grades 9 to 12 plan for one thing inside and one around them: two lines of if and then."""
    goals = load_template(class_templates() / "9-12.yaml").section("goals")
    assert goals is not None
    more = goals.prompt("if_thens")
    assert more is not None and more.at_most == 1  # the first line stands by itself
    assert [column.field for column in more.columns] == ["if_this", "then_that"]


def test_a_question_is_the_same_question_in_every_band() -> None:
    """Where bands share a question of feelings or habits they share its word scale, so rounds can be compared."""
    seen: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for band in BANDS[1:]:
        template = load_template(class_templates() / f"{band}.yaml")
        for name in ("feels", "habits"):
            section = template.section(name)
            assert section is not None
            for prompt in section.prompts:
                if prompt.control == "scale":
                    seen.setdefault((name, prompt.field), set()).add(tuple(c.id for c in prompt.choices))
    assert len(seen) > 6 and all(len(scales) == 1 for scales in seen.values())


def test_every_band_may_bring_more_than_pictures(template: ClassTemplate) -> None:
    """A piece of work can be heard, watched or read in every band; at most three things go with a piece."""
    work = template.section("work")
    assert work is not None
    media = work.prompt("media")
    assert media is not None and media.control == "media" and media.at_most in (2, 3)


def test_who_helped_is_asked_of_every_piece_of_work(template: ClassTemplate) -> None:
    """The youngest pick faces, themselves among them; from grade 3 one says who helped and how."""
    work = template.section("work")
    assert work is not None
    faces, words = work.prompt("helped_picks"), work.prompt("helped_by")
    if template.age_band == "k-2":
        assert words is None and faces is not None and faces.control == "picks"
        assert [choice.id for choice in faces.choices] == ["me", "teacher", "friend", "home"]
    else:
        assert faces is None and words is not None
        assert words.starters == ("I did it by myself.",), "nobody needs to have had help"


def test_what_became_of_last_time_is_asked_alike_for_goals_and_promises(template: ClassTemplate) -> None:
    """The questions of the look back name neither goal nor promise: they are asked about both."""
    section = template.section("last_time")
    assert section is not None
    said = [section.title, section.intro, *(p.ask for p in section.prompts)]
    assert not [text for text in said if re.search(r"goal|promise", text, re.IGNORECASE)]
    assert section.at_most >= 4, "two goals, and what was promised at the table"


def test_the_youngest_are_asked_few_things_at_a_time() -> None:
    """In K–2 no page asks more than four questions, but for a piece of work and the goal, where each asks one thing."""
    template = load_template(class_templates() / "k-2.yaml")
    many = {
        s.section_id: len(s.prompts)
        for s in template.sections
        if s.speaker == "student" and len(s.prompts) > 4
    }
    assert many == {"work": 9, "goals": 11}


def test_older_ones_say_how_they_know(template: ClassTemplate) -> None:
    """From grade 6 a habit comes with what shows it and what the teacher would say; from 9 with what speaks against."""
    habits = template.section("habits")
    assert habits is not None
    beside = " ".join(p.field for p in habits.prompts if p.control != "scale")
    assert (
        beside
        == {
            "k-2": "",
            "3-5": "example",
            "6-8": "example teacher_says",
            "9-12": "example against teacher_says",
        }[template.age_band]
    )
