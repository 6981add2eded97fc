# long: the misspelled and the ordinary words themselves
"""Misspelled school words are found; ordinary words are not taken for misspelled ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.words import find, swapped
from portfolio.words.finder.ordinary import is_ordinary
from portfolio.words.glossary.load import from_data, layered, starter

# The first half was written with the code, the second after it and without a change to the code: 50 of its 68
# words were found for sure then, and none of its ordinary words. Some are not in the glossary; they stay.
FIRST = """\
I used the {rubrick} today.
I had {intervension} in the morning.
My {bentchmark} score went up.
My reading {flooency} got better.
We used {manipulitives} in math.
I get {acomodations} on tests.
We do {fonemic awarness} every day.
The formative {asesment} was hard.
I did the {exitticket} before lunch.
My {exit tickit} was good.
Look at the {anker chart} on the wall.
My {lerning target} is to read big words.
I go to reading {inter vention} with Ms. Lee.
I want to be {profishent} in reading.
I read a {decodabel} book.
We learned about {morfeems} this week.
{Metacognishun} is thinking about thinking.
We read {sight werds} every day.
I work in a {small groop} with my teacher.
I did a {runing record} with my teacher.
We do {gided reading} on Monday.
The {rubrik} has four boxes.
My {litteracy} block is fun.
She gave me a {graphic orginizer} for my story.
I have a {growth mindsett} now.
We did {numbr talks} in math.
My {sucess criteria} are on the board.
I use {sentance stems} when I talk.
We did {coral reading} and {close reeding}.
I practice my {math flooency} facts.
I made {infrences} about the story.
I can {anotate} the page.
I {anotatted} the poem.
My {exit slipp} is done.
I have {speach therapy} on Tuesday.
My {sumative} test is next week.
We learned {fonics} with cards.
I know my {foneems} now.
I love {reeders workshop} time.
The {sylabus} says we have homework.
I learned a new {digraf} today.
My {lexel} went up.
I work on my {executiv functioning} skills.
I can {subitise} the dots fast.
We do {mindfullnes} after recess.
I met my {reading benchmarck}.
We have {rotashuns} in math class.
I got {resorse room} help.
It was {diferentiated instruction}.
I did {indapendent reading} for ten minutes.
My teacher is a {paraprofesionnal} helper.
I passed the {pre-asessment}.
We got {phonolojical} practice.
I made good {acedemic language} choices.
I need {skaffolding} for writing.
The {text evidance} is on page two.
I use {txt evidence} in my answer.
I did my {sience fair} board and my {lerning goles}.
I read with {acuracy and} fluency.
We do {werd study} on Fridays.
"""
SECOND = """\
We looked at the {roobric} first.
My {portfollio asessment} is on Friday.
I like {comprehenshun} questions.
I took the {benchmarc} test in May.
My teacher says my {proficency} is growing.
I used {anotations} in the book.
She did a {diagnostik} test with me.
We have {progres monitoring} on Friday.
I am in {gided reeding}.
We did {shaired reading} on the rug.
I finished my {exit tiket}.
The {ancor chart} has four colors.
My {learning targit} was about plants.
I have a {growth mindsit} about math.
I need {frequent braks} written down.
We use {math manipulitivs} at the table.
I wrote a {sumary fraim}.
We learned about {silables} and {digrafs}.
I said the {foneme} out loud.
We practiced {fonological awareness}.
My {individulized education program} is new.
I use {sentense starters} to talk.
I read my {desision} and {decodible} books.
I had to {reteech} it to my partner.
We filled out a {grafic organizer}.
My {executive funcktion} is better.
We had {socratik seminar} today.
I did a {quick rite} about my dog.
My {literisy center} was fun.
I have {metacognitiv} thoughts.
I learn {sosial emotional lerning}.
Our {mini lesen} was short.
I took the {pretesst} on Monday.
I am an {english lerner}.
My {reading fluancy} went up.
We did {intervensions} after lunch.
We got {differenciated} work.
I can {inferr} what she feels.
My {kinestetic} game helped.
We {regrouppd} in subtraction.
We study {orthografy}.
I do {chorel reading} with friends.
I made a {critiria chart}.
I like {project baised learning}.
We had {restoritive circle} today.
My {accomadations} help on tests.
I want {masterry} of fractions.
We did {jigsaw activty}.
My {percentil} is high.
He is an {interventionest}.
We do {morning meating} first.
I have {behaivor plan} papers.
I like my {sensery break}.
We did {peer editting} today.
She wrote {anecdotle notes}.
The {prerequsite} class was easy.
I got {extendid time} on my test.
It was {formitive}, not a grade.
My {self asesment} was honest.
We used a {number lien} and {ten fraims}.
I practised {numerasy} games.
I have {ocupational therapy} today.
We have {parent techer conference} soon.
My {vocabulary werds} are on the {word wal}.
"""
ORDINARY = """\
rustic fluently benched formation manipulate decorating meditation mediation portion attention retention detention
excitement intention conversation public fabric cleric lyric frequency influence interaction invention convention
prevention interview intersection benches bookmark landmark monument population anticipate participation
consideration commendation recommendation commotion devotion association assassin assignment arrangement accident
accent excellent ancient patient proficiently sufficient efficient presence percent parents parachute phantom phone
phony pheasant photograph typography geography biography orchestra anchor anger hanger cluster chapter charter
chatter target turret ticket tickle wicket thicket rubber rubble rubies ruby robotic portable portfolio folio
foliage stories dormitory territory memory cemetery mystery history scaffolds scaffold scuffle shuffle shuffled
inferior interior inference transport translate transform transparent transfer translucent progress prowess process
princess summation sensation summit summary summer syllable cylinder silver salsa sandal scandal vandal differ
different difference indifferent strategy stratosphere tragedy standing standard standby sandwich mentor monitor
minister mineral manual mammal gradual graduate granite gravity baker bakery banner bargain barrel basement beacon
beetle behold belong beverage bicycle biscuit blanket blister boulder bracelet breeze bridge brilliant bucket
buffalo bumper bunker butcher cabinet cactus camel canyon captain caramel cargo carnival carton castle cathedral
cavern ceiling celery cellar chamber champion chandelier charcoal chariot cheetah chimney chisel chowder cinnamon
circus clarinet climate cobweb coconut collar column commander compass compassion competition comprehensive
compulsive concentrate condition conductor conference confetti confusion constellation construction container
continent contraction controversial convoy coral corridor cosmic costume cottage courage cricket crocodile crystal
cultural custard cyclone decorum delicate delivery democracy dentist designer detour dictionary dilemma discretion
discussion disposition distinction distortion divorce doctrine dolphin donkey drawer dungeon earthquake eclipse
education elastic electron elephant emerald emotion emperor engine engineer envelope erosion eruption excursion
exhibition exit expedition explosion extension fantasy feather fiction flamingo flannel flexible flood fluid foam
forecast fountain fracture friction frontier furniture galaxy garage garlic gazelle generation genius giraffe
glacier goblin gorilla graph grasshopper gravel guardian harmony helmet heritage hibernation honeycomb hurricane
identical igloo imagination immigrant impossible independence infantry ingredient innocence inspection instrument
insulation intelligence interruption invitation jacket jaguar jewelry journey kangaroo kennel ladder lantern
lavender legend leopard lettuce lizard locomotive luggage lumber magnet mammoth mansion marathon meadow medal
melody merchant mermaid meteor microscope migration
"""
CLEAN = """\
We went on a field trip and saw the cathedral in the city.
My brother is a lifeguard and rescues swimmers.
The volcano erupted and lava covered the village.
We decorated cupcakes with frosting for my cousin.
The astronauts floated in the capsule.
My grandma knits sweaters and mittens every winter.
The referee blew his whistle because of a penalty.
The mechanic repaired our transmission last week.
We adopted a kitten from the animal shelter.
A hurricane hit the coast and flooded the streets.
Ayer fui a la escuela y me gusto la evaluasion del libro.
Mwen te li yon liv ak zanmi mwen nan lekol la.
Kevin and Carsyn played with Rubricka at recess.
La profesora dijo que la intervencion es en la tarde.
The scientist examined the specimen under a microscope.
The conductor punched our tickets on the train.
My uncle repairs refrigerators and dishwashers.
The magician performed amazing illusions.
We harvested pumpkins and zucchini from the garden.
The orchestra performed a symphony by Mozart.
"""

_MARKED = re.compile(r"\{([^}]*)\}")


def marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a line without its braces, and where what stood in them stands."""
    spans: list[tuple[int, int]] = []
    for found in _MARKED.finditer(line):
        start = found.start() - 2 * len(spans)
        spans.append((start, start + len(found[1])))
    return _MARKED.sub(r"\1", line), spans


def found_share(lines: str) -> float:
    """Return the share of the marked words that are found for sure."""
    counted = []
    for text, spans in map(marked, lines.splitlines()):
        sure = [one for one in find(text) if one.confidence == "sure"]
        counted += [any(one.start < end and one.end > start for one in sure) for start, end in spans]
    assert len(counted) > 55
    return sum(counted) / len(counted)


def test_most_misspelled_school_words_are_found() -> None:
    """Of the misspellings the code was written with, more than eight in ten are found for sure."""
    assert found_share(FIRST) >= 0.85


def test_misspellings_nobody_tuned_on_are_found_too() -> None:
    """Of the misspellings written afterwards, seven in ten are found for sure."""
    assert found_share(SECOND) >= 0.7


@pytest.mark.parametrize("word", ORDINARY.split())
def test_an_ordinary_word_is_no_misspelled_school_word(word: str) -> None:
    """A correctly spelled everyday word is never read as a school word with a slip."""
    text = f"We saw the {word} and it was nice."
    assert [
        one for one in find(text) if one.confidence == "sure" and starter().index.speller.meant(word)
    ] == []


@pytest.mark.parametrize("text", CLEAN.splitlines())
def test_a_sentence_without_school_words_stays_clean(text: str) -> None:
    """Everyday sentences, names, and sentences in other languages give no findings."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My rubrick's lines", ["rubrick"]),
        ("I like Tom and Flooency.", []),
        ("my RUBBRIC here", []),
        ("see `rubbrik` in the code", []),
        ("my rubr1ck is here", []),
        ("my bench mark score went up", ["bench mark"]),
        ("I pull out my chair", []),
    ],
)
def test_capitals_digits_and_code_are_not_respelled(text: str, words: list[str]) -> None:
    """Names, shouted words, words with digits and code are left alone; an owner's 's is no part of the word."""
    got = [text[one.start : one.end] for one in find(text)]
    assert got == words


def test_a_misspelled_word_can_be_said_plainly() -> None:
    """A swap puts the plain words where the misspelled word stood, in its number."""
    text = "I had two intervenshuns and a manipulitive in reading."
    for one in find(text):
        done = swapped(text, one)
        if done is not None:
            assert done.text == text[: done.start] + done.words + text[done.end :]
    changed = [swapped("I read the rubricks.", one) for one in find("I read the rubricks.")]
    assert changed
    assert changed[0] is not None
    assert "rubricks" not in changed[0].text


def test_a_word_of_a_class_is_found_misspelled_and_one_taken_away_is_not() -> None:
    """Layers hold for misspelled words as for others."""
    own = from_data([{"id": "snargle", "term": "snargleboard", "plain": "Our class board."}])
    assert [one.term for one in find("on the snarglebord", layered(starter(), own))] == ["snargle"]
    off = from_data([{"id": "rubric", "off": True}])
    assert find("the rubrick", layered(starter(), off)) == []


@pytest.mark.parametrize(
    "word", ["excitement", "rustic", "benched", "kindness", "hopping", "formation", "replayed"]
)
def test_grown_words_are_ordinary(word: str) -> None:
    """Words with the usual beginnings and endings of known words count as spelled right."""
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["awarness", "runing", "asesment", "werd"])
def test_misspelled_words_are_not_ordinary(word: str) -> None:
    """An ending that is put on wrongly does not make a word ordinary."""
    assert not is_ordinary(word)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text("abcdefghijklmnopqrstuvwxyz", max_size=14) | st.sampled_from(["the", "rubrick", "reeding"]),
        max_size=8,
    )
)
def test_any_small_words_are_read_without_failing(words: list[str]) -> None:
    """Whatever small words a text holds, findings are ordered ranges of it."""
    text = " ".join(words)
    end = 0
    for one in find(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        end = one.end


@pytest.mark.parametrize(
    "text",
    [
        "A benchmark is a test that we take three times.",
        "I have a benchmark, which means a small test.",
        "We did a jigsaw (that's when every kid learns one part).",
        'It is called a "benchmark".',
        "My mom saw a benchmark. It means a small test.",
        "Hice un benchmark, que significa una prueba.",
    ],
)
def test_a_word_the_text_explains_is_sure_and_explained(text: str) -> None:
    """What a text explains is a school word there, though nothing else near tells so."""
    assert [(one.confidence, one.explained) for one in find(text)] == [("sure", True)]


@pytest.mark.parametrize(
    "text",
    [
        "My benchmark means so much to me.",
        "We sat on the jigsaw, which is hard.",
        "A dog called Benchmark ran.",
    ],
)
def test_what_only_looks_like_an_explanation_makes_nothing_sure(text: str) -> None:
    """Praise, a remark or a name after "called" is no explanation."""
    assert [one for one in find(text) if one.confidence == "sure"] == []
