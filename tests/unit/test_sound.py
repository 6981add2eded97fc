"""Sound on its way in: what is heard stays, what is told beside it goes, and trouble ends in a sentence."""

from __future__ import annotations

import contextlib
import hashlib
import random
import struct
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import InputRefused, MediaRefused
from portfolio.media import declined, sound
from portfolio.media.sound import SoundLimits, clean_sound
from tests import bombs, sounds
from tests.camera_notes import SECRET, gps_bytes
from tests.specimens import corners, plain_jpeg


def told_m4a() -> bytes:
    """Return an M4A whose user data holds a place, behind everything so that no offset moves."""
    raw = sounds.encoded("aac", "ipod")
    place = struct.pack(">I4sHH", 12 + len(sounds.PLACE), b"\xa9xyz", len(sounds.PLACE), 0) + sounds.PLACE
    udta = struct.pack(">I4s", 8 + len(place), b"udta") + place
    at = raw.rindex(b"moov") - 4
    size = struct.unpack_from(">I", raw, at)[0]
    moov_end = at + size
    assert at > raw.index(b"mdat")
    return raw[:at] + struct.pack(">I", size + len(udta)) + raw[at + 4 : moov_end] + udta + raw[moov_end:]


TOLD: dict[str, Callable[[], bytes]] = {
    "MP3": sounds.told_mp3,
    "WAV": sounds.told_wav,
    "Opus": sounds.told_ogg,
    "Vorbis": lambda: sounds.told_ogg("vorbis"),
    "M4A": told_m4a,
    "WebM": lambda: sounds.encoded("libopus", "webm", rate=48_000) + SECRET,
}
WORDS = (b"+47.3717", b"LOCATION", b"location", b"GPS", b"Lavf", b"http", b"APETAGEX", b"TAG\x53")
"""What stands around places on the map; no result may hold any of it."""


@pytest.mark.parametrize("name", TOLD)
def test_places_and_names_are_gone(name: str) -> None:
    """Whatever a recorder wrote beside the sound (positions, names, photos), the result does not hold it."""
    raw = TOLD[name]()
    assert SECRET in raw
    clean = clean_sound(raw)
    for words in (SECRET, gps_bytes(), gps_bytes("<"), *WORDS):
        assert words not in clean.data


SAME: dict[str, Callable[[], tuple[bytes, bytes]]] = {
    "MP3": lambda: (sounds.plain_mp3(), sounds.told_mp3()),
    "MP3, two channels, slow": lambda: (
        sounds.plain_mp3(rate=22_050, channels=2),
        sounds.told_mp3(sounds.plain_mp3(rate=22_050, channels=2)),
    ),
    "Opus": lambda: (sounds.encoded("libopus", "ogg", rate=48_000, channels=2), sounds.told_ogg()),
    "Vorbis": lambda: (sounds.encoded("vorbis", "ogg", channels=2), sounds.told_ogg("vorbis")),
    "M4A": lambda: (sounds.encoded("aac", "ipod"), told_m4a()),
    "WebM": lambda: (sounds.encoded("libopus", "webm", rate=48_000),) * 2,
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_heard_stays_the_same(name: str) -> None:
    """The decoded samples before and after are equal to the last bit."""
    plain, told = SAME[name]()
    before, after = b"".join(sounds.heard(plain)), b"".join(sounds.heard(clean_sound(told).data))
    assert before == after
    assert len(before) > 80_000


@pytest.mark.parametrize(
    ("name", "media_type", "suffix"),
    [
        ("MP3", "audio/mpeg", ".mp3"),
        ("WAV", "audio/mpeg", ".mp3"),
        ("Opus", "audio/ogg", ".ogg"),
        ("M4A", "audio/mp4", ".m4a"),
        ("WebM", "audio/webm", ".webm"),
    ],
)
def test_the_result_says_what_it_is(name: str, media_type: str, suffix: str) -> None:
    """Type, ending, seconds and digest belong to the bytes that are kept."""
    clean = clean_sound(TOLD[name]())
    assert (clean.media_type, clean.suffix) == (media_type, suffix)
    assert clean.seconds == pytest.approx(1.0, abs=0.12)
    assert clean.sha256 == hashlib.sha256(clean.data).hexdigest()


@pytest.mark.parametrize("name", [*TOLD])
def test_cleaning_twice_changes_nothing(name: str) -> None:
    """A cleaned recording comes through once more byte for byte, so its name stays the same."""
    once = clean_sound(TOLD[name]())
    assert clean_sound(once.data) == once


REFUSED = {
    "nothing": (b"", "nothing in this file"),
    "a script": (bombs.script(), "not a recording"),
    "a photo": (plain_jpeg(corners()), "not a recording"),
    "FLAC": (b"fLaC" + bytes(40), "form called FLAC"),
    "AMR": (b"#!AMR\n" + bytes(40), "form called AMR"),
    "AAC without a box": (b"\xff\xf1\x50\x80" + bytes(40), "form called AAC"),
    "AIFF": (b"FORM\0\0\0\x20AIFF" + bytes(40), "form called AIFF"),
    "a film": (b"RIFF\x20\0\0\0AVI " + bytes(40), "a video, not a recording"),
    "a film in Ogg": (sounds.ogg_page(2, 0, 1, 0, [b"\x80theora" + bytes(40)]), "a video, not a recording"),
    "FLAC in Ogg": (sounds.ogg_page(2, 0, 1, 0, [b"\x7fFLAC" + bytes(40)]), "form called FLAC"),
    "packed samples in WAV": (sounds.wav(bytes(400), tag=0x11, bits=4), "a rare way"),
    "half a WAV": (sounds.told_wav()[:40_000], "the end of it is missing"),
    "half an Ogg": (sounds.told_ogg()[:15_000], "the end of it is missing"),
    "a tag without sound": (sounds.id3v2((b"TIT2", SECRET)), "damaged"),
    "one frame": (sounds.plain_mp3()[:209], "damaged"),
    "eleven minutes": (sounds.wav(bytes(661 * 8_000), bits=8, rate=8_000), "661 seconds, and 600"),
}


@pytest.mark.parametrize(("raw", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_each_wrong_file_gets_the_sentence_that_helps(raw: bytes, words: str) -> None:
    """The form of a file is told by its content, and each cause has its own sentence."""
    with pytest.raises(MediaRefused) as refused:
        clean_sound(raw)
    assert words in str(refused.value)


def test_a_file_over_the_limit_is_not_even_looked_at() -> None:
    """Too many bytes are refused first, with both figures."""
    with pytest.raises(MediaRefused, match="41 MB, and 40 MB is the most"):
        clean_sound(bytes(40_000_001))


def test_a_long_mp3_is_refused_with_both_figures() -> None:
    """Sound that cannot be made smaller is refused once it takes more than may be kept."""
    raw = sounds.plain_mp3(seconds=3)
    with pytest.raises(MediaRefused, match=r"0\.1 MB, and 0\.01 MB"):
        clean_sound(raw, limits=SoundLimits(bytes_kept=10_000))
    with pytest.raises(MediaRefused, match="4 seconds, and 2 seconds"):
        clean_sound(raw, limits=SoundLimits(seconds=2))


@pytest.mark.parametrize(
    "wrong", [{"bytes_in": 5}, {"bytes_kept": 5}, {"seconds": 0.0}, {"seconds": float("nan")}]
)
def test_limits_that_nothing_meets_are_refused(wrong: dict[str, float]) -> None:
    """Limits below ten thousand bytes or a second are a mistake of ours and told at once."""
    with pytest.raises(InputRefused, match="at least 10,000 bytes"):
        SoundLimits(**wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_whatever_a_reader_raises_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours inside a reader, or no memory, still ends in a sentence."""
    for trouble, words in ((struct.error, "damaged"), (MemoryError, "Wait a minute")):

        def fail(raw: bytes, limits: SoundLimits, trouble: type[Exception] = trouble) -> None:
            raise trouble

        monkeypatch.setitem(sound._READERS, "WAV", fail)
        with pytest.raises(MediaRefused, match=words):
            clean_sound(sounds.told_wav())


SENTENCES: list[MediaRefused] = [
    declined.empty(),
    declined.too_heavy(31, 30),
    declined.busy(),
    declined.not_a_sound(),
    declined.other_sound("FLAC"),
    declined.other_video("AVI"),
    declined.film_not_sound(),
    declined.sound_cut_off(),
    declined.sound_damaged(),
    declined.sound_in_a_rare_way(),
    declined.sound_too_large("5.1", "4"),
    declined.not_a_document(),
    declined.document_locked(),
    declined.document_damaged(),
    declined.document_too_slow(),
    declined.not_writing(),
    declined.writing_too_long(20_001, 20_000),
    declined.notebook_damaged(),
    declined.no_link(),
    declined.link_too_long(501, 500),
    declined.link_with_a_password(),
    declined.packed(),
    declined.save_as_pdf("Word"),
    declined.a_program(),
    declined.unknown(),
]


@pytest.mark.parametrize("refusal", SENTENCES, ids=lambda refusal: refusal.msgid[:40])
def test_every_refusal_says_what_to_do_next(refusal: MediaRefused) -> None:
    """A refusal says what happened and what the child can do now, in short sentences without braces."""
    what, *then = str(refusal).removesuffix(".").split(". ")
    assert 1 <= len(then) <= 2
    verbs = {"Take", "Open", "Choose", "Wait", "Record", "Save", "Put", "Copy", "Look", "Unpack"}
    assert then[0].split()[0] in verbs
    assert all(len(sentence.split()) <= 24 for sentence in (what, *then))
    assert "{" not in str(refusal)


# ---------------------------------------------------------------------------------------------- damaged files

WHOLE = {name: make() for name, make in TOLD.items()}


def survives(raw: bytes) -> None:
    """Clean a recording, letting nothing but a refusal pass; what comes out is never larger than what came in."""
    with contextlib.suppress(MediaRefused):
        clean = clean_sound(raw)
        assert 0 <= clean.seconds <= 600
        assert len(clean.data) <= len(raw) + 5_000


def damage(name: str, seed: int) -> bytes:
    """Return a recording with some bytes changed, lost or added, mostly near its beginning."""
    chance = random.Random(seed)
    raw = bytearray(WHOLE[name])
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if len(raw) < 10:
            break
        at = chance.randrange(min(len(raw), chance.choice((100, 1_000, 1_000_000))))
        length = chance.randrange(1, 9)
        match chance.randrange(5):
            case 0:
                raw[at] ^= 1 << chance.randrange(8)
            case 1:
                del raw[at : at + length]
            case 2:
                raw[at:at] = chance.randbytes(length)
            case 3:
                del raw[chance.randrange(len(raw) // 2, len(raw)) :]
            case _:
                raw[at : at + 4] = chance.choice(
                    (b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", b"\0\0\xff\xff")
                )
    return (
        with_true_check_sums(bytes(raw))
        if name in ("Opus", "Vorbis") and chance.random() < 0.8
        else bytes(raw)
    )


def with_true_check_sums(raw: bytes) -> bytes:
    """Return a damaged Ogg file with check sums that fit again, as far as its pages can be told apart."""
    mended, at = b"", 0
    while raw[at : at + 4] == b"OggS" and at + 27 <= len(raw):
        stop = at + 27 + raw[at + 26]
        stop += sum(raw[at + 27 : stop])
        bare = raw[at : at + 22] + bytes(4) + raw[at + 26 : stop]
        mended += bare[:22] + struct.pack("<I", fast_check_sum(bare)) + bare[26:]
        at = stop
    return mended + raw[at:]


def fast_check_sum(page: bytes) -> int:
    """Return a page's check sum by the product's fast way, which another test holds against the slow one."""
    from portfolio.media import ogg

    return ogg._check_sum(page)


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 1_000_000))
def test_damaged_recordings_never_raise_anything_else(name: str, seed: int) -> None:
    """Flipped bits, lost and added bytes end in a recording or in a sentence."""
    survives(damage(name, seed))


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"ID3\x04\0\0", b"\xff\xfb\x90", b"OggS\0\2", b"RIFF....WAVEfmt "]),
)
def test_random_bytes_are_refused_and_nothing_else(noise: bytes, start: bytes) -> None:
    """Whatever bytes come in, also behind the right first ones, a refusal is the worst that happens."""
    survives(start + noise)


@pytest.mark.drill
@settings(max_examples=8_000)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 10**9))
def test_thousands_of_damaged_recordings_never_raise_anything_else(name: str, seed: int) -> None:
    """The same with eight thousand damaged recordings."""
    survives(damage(name, seed))
