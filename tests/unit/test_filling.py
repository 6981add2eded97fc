"""How a page is filled: never above its limit, never above its budget while pictures can shrink, no word ever dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import NotFound, StorageTrouble
from portfolio.views import room
from portfolio.views.filling import Filled, Steps, filled

STEPS = Steps(enough=3, most=5)
LARGE, GONE = "(too large)", "(gone)"
SORTS = {"picture": "", "sound": ".mp3", "page": "", "film": ".mp4"}

Thing = tuple[str, int]
"""Its sort, and its bytes as it is kept."""

things = st.lists(st.tuples(st.sampled_from(sorted(SORTS)), st.integers(30, 4000)), max_size=8)


@dataclass
class Shelf:
    """Files by name: a picture has two thirds of its bytes with each step; what is ``bad`` is damaged or not there."""

    sizes: dict[str, int]
    bad: frozenset[str] = frozenset()
    read: list[str] = field(default_factory=list)

    def address(self, name: str, step: int) -> str:
        """Return as many signs as the file has bytes."""
        self.read.append(name)
        if name in self.bad:
            raise (NotFound if self.sizes[name] % 2 else StorageTrouble)("{name} is not there", name=name)
        return "x" * self.expected(name, step)

    def expected(self, name: str, step: int) -> int:
        """Return how many that are."""
        return self.sizes[name] if "." in name else self.sizes[name] * 2**step // 3**step

    def at_least(self, name: str, step: int) -> int:
        """Return half of that."""
        return self.expected(name, step) // 2


def name_of(n: int, sort: str) -> str:
    """Return the name of the file of the n-th thing."""
    return f"{n:064x}{SORTS[sort]}"


def page_of(listed: list[Thing]) -> str:
    """Return a page before it is filled, a word with a letter of two bytes around each thing."""
    parts = ["¡words0"]
    marks = room.CHOICE
    for n, (sort, _) in enumerate(listed):
        mark = room.place(*name_of(n, sort).split("."))
        parts += (marks["begin"], marks[sort], f"[{sort} {mark}]", marks["words"], LARGE)
        parts += (marks["gone"], GONE, marks["end"], f"¡words{n + 1}")
    return "".join(parts)


def made(
    listed: list[Thing],
    limit: int | None,
    *,
    budget: int | None = None,
    bad: frozenset[int] = frozenset(),
    steps: Steps = STEPS,
) -> Filled:
    """Return the filled page of these things, those numbered in ``bad`` damaged."""
    sizes = {name_of(n, sort): size for n, (sort, size) in enumerate(listed)}
    lost = frozenset(name_of(n, sort) for n, (sort, _) in enumerate(listed) if n in bad)
    return filled(page_of(listed), Shelf(sizes, lost), limit=limit, budget=budget, steps=steps)


def words_alone(listed: list[Thing]) -> int:
    """Return how many bytes the page has at the very least."""
    return len(made([], None).text.encode()) + sum(len("¡words0".encode()) + len(LARGE) for _ in listed)


@given(listed=things, more=st.integers(0, 20_000), budget=st.integers(0, 20_000))
def test_the_limit_holds_and_no_word_is_ever_dropped(listed: list[Thing], more: int, budget: int) -> None:
    """Whatever there is: all words stand in their order, the limit holds, and the sizes add up to the page."""
    limit = words_alone(listed) + more
    page = made(listed, limit, budget=budget)
    assert len(page.text.encode()) <= limit
    assert page.sizes.whole == len(page.text.encode())
    at = [page.text.index(f"¡words{n}") for n in range(len(listed) + 1)]
    assert at == sorted(at)
    assert page.text.count(LARGE) == len(page.left)
    assert all(one.why == "no_room" for one in page.left)


@given(listed=things, more=st.integers(0, 20_000))
def test_a_budget_makes_pictures_smaller_and_drops_none(listed: list[Thing], more: int) -> None:
    """Above its budget a page has only pictures that are as small as a budget may make them; all of them are there."""
    budget = words_alone(listed) + more
    page = made(listed, 10**9, budget=budget)
    assert not page.left
    assert page.step <= STEPS.enough
    assert page.sizes.words + page.sizes.pictures <= budget or page.step == STEPS.enough


@given(listed=things, more=st.integers(0, 20_000))
def test_no_picture_is_left_out_while_pictures_can_shrink(listed: list[Thing], more: int) -> None:
    """For want of room all pictures become as small as they may before one goes; further pages come after sounds."""
    page = made(listed, words_alone(listed) + more)
    sounds = any(sort == "sound" for sort, _ in listed)
    if any(one.kind == "picture" or (one.kind == "page" and not sounds) for one in page.left):
        assert page.step == STEPS.most


@given(listed=things, one=st.integers(0, 20_000), more=st.integers(0, 20_000))
def test_a_larger_budget_never_gives_smaller_pictures(listed: list[Thing], one: int, more: int) -> None:
    """More budget: no step more, no byte of pictures less."""
    small, large = (made(listed, 10**9, budget=words_alone(listed) + b) for b in (one, one + more))
    assert large.step <= small.step
    assert large.sizes.pictures >= small.sizes.pictures
    assert large.sizes.words == small.sizes.words


@given(
    listed=things,
    more=st.integers(0, 30_000),
    bad=st.frozensets(st.integers(0, 7)),
    budget=st.integers(0, 20_000),
)
def test_what_is_damaged_never_stops_a_page(
    listed: list[Thing], more: int, bad: frozenset[int], budget: int
) -> None:
    """In the place of each damaged thing stands what is said then; it is told, the limit holds, all else is there."""
    limit = words_alone(listed) + more
    page = made(listed, limit, budget=budget, bad=bad)
    assert len(page.text.encode()) <= limit
    assert page.text.count(GONE) == sum(one.why == "damaged" for one in page.left)
    assert page.text.count(LARGE) == sum(one.why == "no_room" for one in page.left)
    roomy = made(listed, 10**9, bad=bad)
    lost = {name_of(n, sort) for n, (sort, _) in enumerate(listed) if n in bad}
    assert {one.name for one in roomy.left} == lost
    assert roomy.text.count("x]") == len(listed) - len(lost)
    assert "x" not in made(listed, None, bad=frozenset(range(8))).text


def test_without_a_limit_nothing_is_made_smaller() -> None:
    """A page on a screen has its pictures as they are kept."""
    page = made([("picture", 4000), ("film", 4000)], None, budget=10)
    assert page.step == 0
    assert not page.left
    assert (page.sizes.pictures, page.sizes.film) == (4000, 4000)


def test_a_damaged_film_leaves_its_still_and_a_lost_still_leaves_the_film() -> None:
    """The one never takes the other with it, with much room and with little."""
    film, still = name_of(0, "film"), name_of(1, "picture")
    mark = room.CHOICE
    video, poster = room.place(*film.split(".")), room.place(still)
    text = (
        f"{mark['begin']}{mark['film']}<v {video} {poster}>{mark['film']}<v {video}>{mark['picture']}<i {poster}>{LARGE}"
        f"{mark['picture_gone']}<i {poster}>{GONE}{mark['words']}{LARGE}{mark['gone']}{GONE}{mark['end']}"
    )
    sizes = {film: 5, still: 3}
    cases = {
        frozenset[str](): ("<v xxxxx xxx>", set()),
        frozenset({film}): ("<i xxx>(gone)", {film}),
        frozenset({still}): ("<v xxxxx>", {still}),
        frozenset({film, still}): ("(gone)", {film, still}),
    }
    for bad, (said, left) in cases.items():
        page = filled(text, Shelf(sizes, bad), limit=10_000)
        assert (page.text, {one.name for one in page.left}) == (said, left)
    tight = filled(text, Shelf({film: 5000, still: 3}), limit=40)
    assert tight.text == "<i xxx>(too large)"
    assert (
        filled(text, Shelf({film: 500, still: 3}, frozenset({film})), limit=40).text == "<i xxx>(too large)"
    )


def test_a_recording_far_too_large_is_not_read() -> None:
    """What one knows to be too large costs nothing."""
    listed = [("film", 4000), ("picture", 40)]
    shelf = Shelf({name_of(n, sort): size for n, (sort, size) in enumerate(listed)})
    page = filled(page_of(listed), shelf, limit=words_alone(listed) + 300)
    assert name_of(0, "film") not in shelf.read
    assert [one.kind for one in page.left] == ["film"]


def test_texts_of_ours_are_words_of_the_page() -> None:
    """Styles and icons are put in where their marks stand and count as words."""
    page = filled("a<\ue000styles>b", Shelf({}), limit=3, ours={"styles": "¡css"})
    assert page.text == "a¡cssb"
    assert page.sizes == room.Sizes(words=7)
