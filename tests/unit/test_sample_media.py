"""Recordings and papers of the sample classes: made by our scripts, always the same, small, without metadata."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from portfolio import files
from portfolio.media.documents import read_document
from portfolio.media.sound import clean_sound
from portfolio.media.video import clean_video
from portfolio.media.writing import read_writing
from sample_data.media import make, robot, sounds, voices
from sample_data.pictures.ink import curve

MEDIA = files.sample_class() / "media"
HANDMADE = {"quiz.py", "poem_tr.txt", "night_bus.txt"}
SCRIPTS = {"__init__.py", "make.py", "sounds.py", "voices.py", "robot.py", "bridge.py", "README.md"}
VOICES = ("noa_bigger", "wren_hello", "wren_did", "wren_bigger", "mateo_try")


def test_the_folder_holds_what_is_made_and_what_is_written_by_hand() -> None:
    """No file lies in the folder of media that no script makes and nobody wrote."""
    there = {path.name for path in MEDIA.iterdir() if path.is_file()}
    assert there == set(make.MADE) | HANDMADE | SCRIPTS


def test_the_committed_recordings_are_clean_already() -> None:
    """Cleaning a committed recording or film again changes no byte: there is nothing in it but sound and picture."""
    for path in MEDIA.glob("*.mp3"):
        assert clean_sound(path.read_bytes()).data == path.read_bytes(), path.name
    film = (MEDIA / "robot_car.mp4").read_bytes()
    made = clean_video(film)
    assert made.data == film
    assert (made.width, made.height, made.plays) == (320, 240, "everywhere")


def test_no_committed_file_names_a_maker_a_place_or_a_day() -> None:
    """Neither document, still nor recording carries a name, a date, a place or the program it came from."""
    for path in (MEDIA / name for name in make.MADE):
        data = path.read_bytes()
        for word in (b"/Author", b"/Creator", b"/Producer", b"/CreationDate", b"Exif", b"GPS", b"Lavf", b"TSSE", b"http"):  # fmt: skip
            assert word not in data, (path.name, word)
    with Image.open(MEDIA / "robot_car.jpg") as still:
        assert len(still.getexif()) == 0


def test_the_files_are_small_and_as_long_as_told() -> None:
    """A drum of 8 seconds, a tune of 15, a film of 6, a report of 3 pages; none larger than 150 kB."""
    assert 7 < clean_sound((MEDIA / "drum_rhythm.mp3").read_bytes()).seconds < 9
    assert 14 < clean_sound((MEDIA / "ukulele_tune.mp3").read_bytes()).seconds < 16
    assert clean_video((MEDIA / "robot_car.mp4").read_bytes()).seconds == pytest.approx(6, abs=0.2)
    assert len(read_document((MEDIA / "bridge_report.pdf").read_bytes()).pages) == 3
    assert max((MEDIA / name).stat().st_size for name in make.MADE) < 150_000
    assert (MEDIA / "ukulele_tune.mp3").stat().st_size < 80_000


@pytest.mark.parametrize("name", VOICES)
def test_a_voice_is_a_few_seconds_of_something_that_speaks(name: str) -> None:
    """A spoken answer lasts two to seven seconds, changes its vowels, pauses, and stays small."""
    said = getattr(voices, name)()
    assert 2 < len(said) / sounds.RATE < 7
    assert (MEDIA / f"{name}.mp3").stat().st_size < 40_000
    loud = np.sqrt(np.mean(said[: len(said) // 400 * 400].reshape(-1, 400) ** 2, axis=1))
    assert loud.max() > 20 * np.quantile(loud, 0.05), "it never pauses"
    bright = [float(np.abs(np.diff(part)).mean() / np.abs(part).mean()) for part in np.array_split(said, 40)]
    assert max(bright) > 3 * min(bright), "every sound is the same"


def test_a_spoken_i_and_a_spoken_a_have_their_own_resonances() -> None:
    """The vowels differ as they do in a mouth: for i the first peak lies low and the second high, for a they meet."""

    def share(sound: str, low: float, high: float) -> float:
        said = voices.spoken("a child", sound * 6, 260)
        power = np.abs(np.fft.rfft(said)) ** 2
        at = np.fft.rfftfreq(len(said), 1 / sounds.RATE)
        return float(power[(at > low) & (at < high)].sum() / power.sum())

    assert share("a", 700, 1800) > 3 * share("i", 700, 1800)
    assert share("i", 2300, 4000) > 3 * share("a", 2300, 4000)


def test_the_childs_program_runs_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quiz takes answers with spaces and capitals, counts the right ones and names those missed."""
    raw = (MEDIA / "quiz.py").read_bytes()
    assert read_writing(raw, "quiz.py").sort == "code"
    said: list[str] = []
    given = iter([" A ", "b", "c", "a"])
    names = {"input": lambda _: next(given), "print": lambda *words: said.append(" ".join(map(str, words)))}
    exec(compile(raw, "quiz.py", "exec"), names)  # noqa: S102 - our own file; the product never runs one
    assert "You have 3 of 4" in said
    assert said[-1] == "Look this up: Is there sound on the Moon?"


def test_the_same_seeds_make_the_same_sounds_and_pictures() -> None:
    """Made twice, the drum, the tune and the film's pictures are the same, and not silent or empty."""
    for sound in (sounds.drum_rhythm, sounds.ukulele_tune, voices.mateo_try):
        first = sound()
        assert np.array_equal(first, sound())
        assert 0.8 < float(np.abs(first).max()) <= 1.0
    one, two = robot.frames(), robot.frames()
    assert len(one) == robot.FPS * robot.SECONDS
    assert all(a.tobytes() == b.tobytes() for a, b in zip(one, two, strict=True))


def test_the_car_follows_the_line_and_then_misses_the_turn() -> None:
    """The car is on the tape until the turn, and stands beside it at the end."""
    path = robot.way()
    tape = np.array(curve(robot.LINE, 2))
    off = np.array([np.hypot(*(tape - (x, y)).T).min() for x, y, _ in path])
    assert off[: len(off) // 2].max() < 2
    assert off[-1] > 40


def test_an_unknown_file_is_refused_with_the_list_of_those_there_are() -> None:
    """Asking the script for a file it does not make names the ones it does."""
    with pytest.raises(SystemExit, match=r"No such file: moon\.mp3") as told:
        make.main(["moon.mp3"])
    assert "robot_car.mp4" in str(told.value)
