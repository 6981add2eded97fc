# long: one spool with every way an upload can go
"""Files that come in parts: nothing acknowledged is ever lost, nothing is taken twice, nothing piles up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.carry import source
from portfolio.errors import InputRefused, StorageTrouble
from portfolio.media.video import VideoLimits
from portfolio.store import uploads
from portfolio.store.archive_read import MOST_MEDIUM
from portfolio.store.uploads import LARGEST_FILE, LARGEST_PART, MOST_WAITING, Uploads
from portfolio.widgets.phrases import PHRASES

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ONE = "0123456789abcdef"
TWO = "fedcba9876543210"


@pytest.fixture
def spool(tmp_path: Path) -> Uploads:
    """A place for parts in an empty folder."""
    return Uploads(tmp_path / "uploads")


def name(number: int) -> str:
    """Return the id of an upload."""
    return f"{number:016x}"


def part_file(tmp_path: Path, upload: str = ONE) -> Path:
    """Return where the parts of an upload lie."""
    return tmp_path / "uploads" / "noa" / f"{upload}.part"


def test_parts_become_the_file(spool: Uploads) -> None:
    """Each answer says how many bytes are certain; together the parts are the file, byte for byte."""
    assert spool.have("noa", ONE) == 0
    assert spool.put("noa", ONE, 0, b"abc", 6, now=NOW) == 3
    assert spool.put("noa", ONE, 3, b"def", 6, now=NOW) == 6
    assert spool.have("noa", ONE) == 6
    assert spool.whole("noa", ONE, 6) == b"abcdef"
    spool.drop("noa", ONE)
    assert spool.have("noa", ONE) == 0


def test_the_same_part_twice_and_a_gap_only_get_the_number(spool: Uploads) -> None:
    """A part sent again changes nothing; a part after a gap is answered with where to go on."""
    spool.put("noa", ONE, 0, b"abc", 9, now=NOW)
    assert spool.put("noa", ONE, 0, b"xyz", 9, now=NOW) == 3
    assert spool.put("noa", ONE, 6, b"ghi", 9, now=NOW) == 3
    assert spool.put("noa", ONE, 1, b"xx", 9, now=NOW) == 3
    spool.put("noa", ONE, 3, b"defghi", 9, now=NOW)
    assert spool.whole("noa", ONE, 9) == b"abcdefghi"


def test_another_process_goes_on_where_the_last_one_stopped(spool: Uploads, tmp_path: Path) -> None:
    """What one process acknowledged, the next one has; it can bring the rest."""
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from portfolio.store.uploads import Uploads;"
        f"print(Uploads(Path(sys.argv[1])).put('noa', '{ONE}', 0, b'first', 10, now=datetime.now(UTC)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "uploads")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "5"
    assert spool.have("noa", ONE) == 5
    spool.put("noa", ONE, 5, b"later", 10, now=NOW)
    assert spool.whole("noa", ONE, 10) == b"firstlater"


def test_bytes_nobody_acknowledged_count_for_nothing(spool: Uploads, tmp_path: Path) -> None:
    """A process killed between writing and acknowledging leaves bytes that are written over."""
    spool.put("noa", ONE, 0, b"abc", 6, now=NOW)
    with part_file(tmp_path).open("ab") as file:
        file.write(b"\0\0garbage of a power cut")
    assert spool.have("noa", ONE) == 3
    assert spool.put("noa", ONE, 3, b"def", 6, now=NOW) == 6
    assert spool.whole("noa", ONE, 6) == b"abcdef"


@pytest.mark.parametrize("left", [b"", b"\0\0\0", b"\xff" * 8, b"\0" * 7 + b"\x09abc"])
def test_a_damaged_part_is_begun_again(spool: Uploads, tmp_path: Path, left: bytes) -> None:
    """A part that says more than it has counts as empty, and can be filled from the start."""
    spool.put("noa", ONE, 0, b"abc", 3, now=NOW)
    part_file(tmp_path).write_bytes(left)
    assert spool.have("noa", ONE) == 0
    spool.put("noa", ONE, 0, b"abc", 3, now=NOW)
    assert spool.whole("noa", ONE, 3) == b"abc"


def test_half_a_file_is_not_handed_out(spool: Uploads) -> None:
    """While bytes are missing, or more came than was said, there is no whole file."""
    spool.put("noa", ONE, 0, b"abc", 6, now=NOW)
    for total in (6, 2, 0):
        with pytest.raises(InputRefused, match="did not arrive whole"):
            spool.whole("noa", ONE, total)
    assert spool.whole("noa", TWO, 0) == b""


@pytest.mark.parametrize(
    ("offset", "size", "total"),
    [(0, LARGEST_PART + 1, LARGEST_FILE), (0, 1, LARGEST_FILE + 1), (5, 2, 6), (-1, 1, 6), (0, 7, 6)],
)
def test_more_than_we_take_is_refused(
    spool: Uploads, tmp_path: Path, offset: int, size: int, total: int
) -> None:
    """Too large a part or file, or bytes beyond the end: a sentence, and nothing on the disk."""
    with pytest.raises(InputRefused, match=r"\.$"):
        spool.put("noa", ONE, offset, b"x" * size, total, now=NOW)
    assert not part_file(tmp_path).exists()


@pytest.mark.parametrize(
    "bad", ["", "../../etc/passwd", "0123", "0123456789ABCDEF", ONE + "/x", ONE + "\n", "x" * 64, "0" * 65]
)
def test_an_upload_is_never_called_from_outside(spool: Uploads, tmp_path: Path, bad: str) -> None:
    """Ids that are not plain hex are refused before any file is touched."""
    for ask in (
        lambda: spool.have("noa", bad),
        lambda: spool.put("noa", bad, 0, b"a", 1, now=NOW),
        lambda: spool.whole("noa", bad, 1),
        lambda: spool.drop("noa", bad),
        lambda: spool.note("noa", bad, {}),
        lambda: spool.noted("noa", bad),
    ):
        with pytest.raises(InputRefused):
            ask()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bad", ["..", "a/b", "con", "NOA", "", "noa."])
def test_a_student_is_never_a_path(spool: Uploads, tmp_path: Path, bad: str) -> None:
    """Only ids that can be a folder's name everywhere are taken."""
    with pytest.raises(InputRefused):
        spool.put(bad, ONE, 0, b"a", 1, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_links_are_never_followed(spool: Uploads, tmp_path: Path) -> None:
    """A link in the place of the folder, the student's folder or a part is refused; its target stays."""
    target = tmp_path / "elsewhere"
    target.mkdir()
    (tmp_path / "precious").write_bytes(b"precious")
    spool.put("noa", ONE, 0, b"abc", 6, now=NOW)
    part_file(tmp_path, TWO).symlink_to(tmp_path / "precious")
    (tmp_path / "uploads" / "tariq").symlink_to(target)
    with pytest.raises(StorageTrouble, match="link"):
        spool.put("noa", TWO, 0, b"abc", 6, now=NOW)
    with pytest.raises(StorageTrouble, match="link"):
        spool.put("tariq", ONE, 0, b"abc", 6, now=NOW)
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert list(target.iterdir()) == []


def test_a_pipe_in_the_place_of_a_part_makes_nobody_wait(
    spool: Uploads, tmp_path: Path, only_on: Callable[..., None]
) -> None:
    """What is no plain file is refused at once."""
    only_on("Linux", "Darwin")
    spool.put("noa", ONE, 0, b"abc", 6, now=NOW)
    os.mkfifo(part_file(tmp_path, TWO))
    with pytest.raises(StorageTrouble):
        spool.have("noa", TWO)


def test_too_many_unfinished_files_push_out_the_oldest(spool: Uploads) -> None:
    """The newest ones stay; the file that is coming just now is never the one that goes."""
    for number in range(MOST_WAITING + 3):
        spool.put("noa", name(number), 0, b"a", 2, now=NOW + timedelta(seconds=number))
    there = [number for number in range(MOST_WAITING + 3) if spool.have("noa", name(number))]
    assert there == list(range(3, MOST_WAITING + 3))
    spool.put("noa", name(3), 1, b"b", 2, now=NOW)
    assert spool.have("noa", name(3)) == 2


def test_too_many_bytes_push_out_the_oldest(spool: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    """All unfinished files of a student together stay below the limit; other students' are not touched."""
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    spool.put("tariq", ONE, 0, b"x" * 900, 901, now=NOW)
    spool.put("noa", ONE, 0, b"x" * 600, 601, now=NOW)
    spool.put("noa", TWO, 0, b"x" * 600, 601, now=NOW + timedelta(seconds=1))
    assert (spool.have("noa", ONE), spool.have("noa", TWO), spool.have("tariq", ONE)) == (0, 600, 900)


def test_what_nobody_finished_goes_after_three_days(spool: Uploads, tmp_path: Path) -> None:
    """The next part that comes takes old parts and old notes away."""
    spool.put("noa", ONE, 0, b"a", 2, now=NOW)
    spool.note("noa", ONE, {"kind": "sound"})
    os.utime(part_file(tmp_path).with_suffix(".json"), (NOW.timestamp(), NOW.timestamp()))
    spool.put("noa", TWO, 0, b"a", 2, now=NOW + timedelta(days=2, hours=23))
    assert spool.have("noa", ONE) == 1
    spool.put("noa", TWO, 1, b"b", 2, now=NOW + timedelta(days=3, seconds=1))
    assert spool.have("noa", ONE) == 0
    assert spool.noted("noa", ONE) is None


def test_what_became_of_a_file_is_known_to_the_next_process(spool: Uploads, tmp_path: Path) -> None:
    """A note is read back by whoever asks; a damaged one says nothing."""
    assert spool.noted("noa", ONE) is None
    assert spool.all_noted("noa") == ()
    spool.note("noa", ONE, {"kind": "sound", "size": 3})
    again = Uploads(tmp_path / "uploads")
    assert again.noted("noa", ONE) == {"kind": "sound", "size": 3}
    assert again.all_noted("noa") == ({"kind": "sound", "size": 3},)
    for damaged in (b"", b"[]", b"{", b"\xff\xfe"):
        part_file(tmp_path).with_suffix(".json").write_bytes(damaged)
        assert again.noted("noa", ONE) is None
        assert again.all_noted("noa") == ()


def test_nobody_else_can_read_what_is_on_its_way(
    spool: Uploads, tmp_path: Path, only_on: Callable[..., None]
) -> None:
    """Folders and parts belong to the owner of the class alone."""
    only_on("Linux", "Darwin")
    spool.put("noa", ONE, 0, b"a", 2, now=NOW)
    part = part_file(tmp_path)
    assert [path.stat().st_mode & 0o077 for path in (part, part.parent, part.parent.parent)] == [0, 0, 0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.binary(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 20)), max_size=12))
def test_whatever_parts_come_the_file_is_the_file(
    tmp_path: Path, content: bytes, asked: list[tuple[int, int]]
) -> None:
    """Parts of a file in any order, overlapping or twice: what is certain is always its beginning."""
    spool = Uploads(tmp_path / "uploads")
    spool.drop("noa", ONE)
    for offset, size in asked:
        data = content[offset : offset + size]
        if offset + len(data) <= len(content):
            have = spool.put("noa", ONE, offset, data, len(content), now=NOW)
            assert spool.whole("noa", ONE, have) == content[:have]
    have = spool.have("noa", ONE)
    spool.put("noa", ONE, have, content[have:], len(content), now=NOW)
    assert spool.whole("noa", ONE, len(content)) == content


SENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from portfolio.store.uploads import Uploads
spool, content = Uploads(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes()
have = spool.have("noa", "0123456789abcdef")
while have < len(content):
    have = spool.put("noa", "0123456789abcdef", have, content[have:have + 65536], len(content), now=datetime.now(UTC))
    print(have, flush=True)
"""


def killed_again_and_again(tmp_path: Path, kills: int, content: bytes) -> None:
    """Send a file with processes that are killed, each after a few parts; the next goes on."""
    source = tmp_path / "source"
    source.write_bytes(content)
    spool = Uploads(tmp_path / "uploads")
    told = 0
    for kill in range(kills):
        command = [sys.executable, "-c", SENDER, str(tmp_path / "uploads"), str(source)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sender:
            assert sender.stdout is not None
            for _ in range(1 + kill % 3):
                told = max(told, int(sender.stdout.readline() or 0))
            sender.kill()
        assert spool.have("noa", ONE) >= told
    subprocess.run(
        [sys.executable, "-c", SENDER, str(tmp_path / "uploads"), str(source)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    assert spool.whole("noa", ONE, len(content)) == content


def test_killed_between_parts_the_file_still_arrives_whole(tmp_path: Path) -> None:
    """After kill -9 every acknowledged byte is there, and the next process brings the identical rest."""
    killed_again_and_again(tmp_path, 3, bytes(range(256)) * 8192)


@pytest.mark.drill
def test_killed_a_hundred_times_the_file_still_arrives_whole(tmp_path: Path) -> None:
    """A hundred kills do not change one byte."""
    killed_again_and_again(tmp_path, 100, os.urandom(65536 * 400))


def test_pages_know_the_largest_file_too() -> None:
    """What is too large is refused in the browser by the same number, so that nothing of it travels."""
    script = (source.STATIC / "bring.js").read_text("utf-8")
    assert re.findall(r"const LARGEST_FILE = ([\d_]+);", script) == [f"{LARGEST_FILE:_}"]
    assert min(VideoLimits().bytes_in, VideoLimits().bytes_kept, MOST_MEDIUM) >= LARGEST_FILE
    assert PHRASES["file_too_large"] == uploads.too_large(LARGEST_FILE + 1).msgid
