"""What lies beside a home's page: PDF, message and mail, each of that home and no other."""

from __future__ import annotations

import dataclasses
import pickle
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest

from portfolio.errors import InputRefused, PortfolioError
from portfolio.model import Household
from portfolio.moments import home_doors
from portfolio.moments.home_doors import Doors, MadeHome
from portfolio.moments.home_pdf import Pdf
from portfolio.moments.mail_drafts import LARGEST, Attached, draft
from portfolio.moments.pdf_browser import missing
from portfolio.rules import for_audience
from portfolio.testing import small_book
from portfolio.views.safe import SafePage
from tests.pdfs import blank_pdf, texts_of


def home_of(folder: Path, number: int = 0, **said: object) -> MadeHome:
    """Return the page of one of many homes, each with a marker of its own."""
    household = Household(household_id=f"home-{number}", label=f"Home {number}", **said)  # type: ignore[arg-type]  # fields of it
    book = small_book()
    student = book.student.but(student_id=f"child-{number}", name=f"Child {number}", households=(household,))
    view = for_audience(book.but(student=student), "home", household.household_id)
    into = folder / f"child-{number}-home"
    into.mkdir(parents=True, exist_ok=True)
    page = SafePage(f"<!doctype html><p>marker-{number}-</p>" + "é" * 5_000)
    return MadeHome(student, household, page, view, into / f"child-{number}-home.html")


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take the browser's place; return the pages that were to be printed."""
    pages: list[str] = []

    def made(page: str, **_: object) -> Pdf:
        pages.append(page)
        return Pdf(blank_pdf(2, mark=len(pages)), 2)

    monkeypatch.setattr(home_doors, "home_pdf", made)
    return pages


def mail_in(path: Path) -> EmailMessage:
    """Return a draft as a mail program reads it."""
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def attached(mail: EmailMessage) -> dict[str, bytes]:
    """Return the files in a mail."""
    found = {str(part.get_filename()): part.get_payload(decode=True) for part in mail.iter_attachments()}
    return {name: data for name, data in found.items() if isinstance(data, bytes)}


def test_thirty_drafts_hold_the_files_of_their_own_home_byte_for_byte(tmp_path: Path) -> None:
    """Each draft holds its home's page and PDF as they are, under their names, and no other child's words."""
    doors = Doors(pdf=True, text="short", mail=True)
    for number in range(30):
        home = home_of(tmp_path, number)
        written = doors.write(home, home.path.parent)
        assert [path.suffix for path in written] == [".pdf", ".txt", ".eml"]
        pdf, text, eml = written
        mail = mail_in(eml)
        assert attached(mail) == {
            f"{home.path.stem}.html": home.page.encode(),
            f"{home.path.stem}.pdf": pdf.read_bytes(),
        }
        body = mail.get_body()
        assert body is not None
        assert f"Child {number}’s" in body.get_content() and f"Child {number}’s" in mail["Subject"]
        assert f"Child {number}’s" in text.read_text("utf-8")
        others = {f"Child {other}’s" for other in range(30)} - {f"Child {number}’s"}
        assert not [one for one in others if one in body.get_content() or one in text.read_text("utf-8")]


def test_a_page_is_never_taken_for_another_home(tmp_path: Path) -> None:
    """Another child's view, another home's, or a home the child does not have: refused before anything is written."""
    one, two = home_of(tmp_path, 1), home_of(tmp_path, 2)
    for changed in (
        {"view": two.view},
        {"household": two.household},
        {"student": two.student},
        {"household": None},
        {"view": for_audience(small_book(), "conference", None)},
    ):
        with pytest.raises(InputRefused):
            dataclasses.replace(one, **changed)


def test_a_file_with_another_name_never_goes_into_a_draft(tmp_path: Path) -> None:
    """A draft takes only what is called as the home's page is, and nothing that no mailbox takes."""
    home = home_of(tmp_path)
    for name in ("child-1-home.html", "child-0-home.html.html", "", "../child-0-home.html"):
        with pytest.raises(InputRefused):
            draft(home, [Attached(name, "text/html", b"x")])
    with pytest.raises(InputRefused, match="too large"):
        draft(home, [Attached("child-0-home.html", "text/html", bytes(LARGEST + 1))])


def test_a_draft_is_a_right_mail_that_only_waits(tmp_path: Path) -> None:
    """Lines end as mail wants them and are short, it waits to be sent, and the same home gives the same bytes."""
    home = home_of(tmp_path, 3, reach_by="ana@example.org; baba@example.org", reads=("ar", "en"))
    data = draft(home, [Attached("child-3-home.html", "text/html", home.page.encode())])
    assert data == draft(home, [Attached("child-3-home.html", "text/html", home.page.encode())])
    assert b"\n" not in data.replace(b"\r\n", b"") and max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()
    mail = message_from_bytes(data, policy=SMTP)
    assert mail["X-Unsent"] == "1" and mail["To"] == "ana@example.org, baba@example.org"
    assert not mail.defects and b"\r\nContent-Language: ar\r\n" in data
    for name in ("From", "Date", "Message-ID", "Cc", "Bcc"):
        assert mail[name] is None
    body = mail_body(data)
    assert "مترجم" in body  # the offer of an interpreter, in the home's language


def mail_body(data: bytes) -> str:
    """Return what stands in a mail."""
    read = message_from_bytes(data, policy=default)
    assert isinstance(read, EmailMessage)
    body = read.get_body()
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("reach", ["", "please call", "me@example.org or call", "a@b", "x@example.org\u202e"])
def test_a_draft_is_addressed_only_where_the_home_says_an_address(tmp_path: Path, reach: str) -> None:
    """Anything but clear addresses leaves the address to the teacher."""
    mail = message_from_bytes(draft(home_of(tmp_path, 1, reach_by=reach), []), policy=default)
    assert mail["To"] is None and mail["X-Unsent"] == "1"


def test_hostile_names_make_no_header_and_no_path(tmp_path: Path) -> None:
    """A name full of signs stays a name: no second header, no line that breaks, no file elsewhere."""
    book = small_book()
    home = Household(household_id="home", label="../../etc\\CON: \u202egnp.exe 🏠 " + "x" * 1_500)
    student = book.student.but(name="Amal Bcc: evil@example.org =?utf-8?q?x?= 💥", households=(home,))
    view = for_audience(book.but(student=student), "home", "home")
    made = MadeHome(student, home, SafePage("x"), view, tmp_path / "amal-home" / "amal-home.html")
    made.path.parent.mkdir()
    written = Doors(pdf=True, text="whole", mail=True).write(made, made.path.parent)
    mail = mail_in(written[-1])
    assert mail["Bcc"] is None and mail["To"] is None and "💥" in mail["Subject"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == sorted({"amal-home", *(p.name for p in written)})


def test_what_is_locked_leaves_only_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail with a locked PDF has no open page beside it, tells no password, and is not made where the PDF is not."""
    home = home_of(tmp_path, 4)
    for doors in (
        Doors(pdf=True, mail=True, text="short", password="correct horse"),
        Doors(pdf=True, mail=True, text="short", secret=b"k" * 32),
    ):
        pdf, text, eml = doors.write(home, home.path.parent)
        key = doors.password_for("child-4", "home-4")
        assert list(attached(mail_in(eml))) == ["child-4-home.pdf"]
        assert len(texts_of(pdf.read_bytes(), key)) == 2
        for path in home.path.parent.iterdir():
            assert key.encode() not in path.read_bytes() and path.stat().st_mode & 0o077 == 0
        assert key not in mail_body(eml.read_bytes()) and key not in text.read_text("utf-8")
        assert "password" in mail_body(eml.read_bytes())

    def none(*_: object, **__: object) -> Pdf:
        raise missing()

    monkeypatch.setattr(home_doors, "home_pdf", none)
    with pytest.raises(PortfolioError, match="Chrome"):
        doors.write(home, home.path.parent)
    assert [path.suffix for path in home.path.parent.iterdir()] == [".txt"]


def test_without_a_browser_message_and_mail_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PDF's trouble is told, and everything else of this home is written all the same."""

    def none(*_: object, **__: object) -> Pdf:
        raise missing()

    monkeypatch.setattr(home_doors, "home_pdf", none)
    home = home_of(tmp_path)
    with pytest.raises(PortfolioError, match="Chrome"):
        Doors(pdf=True, text="short", mail=True).write(home, home.path.parent)
    assert sorted(path.suffix for path in home.path.parent.iterdir()) == [".eml", ".txt"]


def test_what_is_no_longer_wished_for_does_not_stay_beside_a_newer_page(tmp_path: Path) -> None:
    """An old PDF beside a new page would tell something else; what others put there is not touched."""
    home = home_of(tmp_path)
    Doors(pdf=True, text="short", mail=True).write(home, home.path.parent)
    mine = home.path.parent / "notes.txt"
    mine.write_text("mine", encoding="utf-8")
    assert [path.suffix for path in Doors(text="short").write(home, home.path.parent)] == [".txt"]
    assert sorted(path.name for path in home.path.parent.iterdir()) == ["child-0-home.txt", "notes.txt"]


def test_wishes_travel_to_workers_and_tell_no_secret() -> None:
    """Wishes can be sent to another process; what they print of themselves changes with a password and never shows it."""
    doors = Doors(pdf=True, password="correct horse", secret=b"k" * 32)
    again = pickle.loads(pickle.dumps(doors))  # noqa: S301 - our own bytes
    assert again == doors and again.password_for("a", "b") == "correct horse"
    assert "correct" not in repr(doors) and "kkkk" not in repr(doors)
    marks = {
        repr(d)
        for d in (
            doors,
            Doors(pdf=True),
            Doors(pdf=True, password="correct house"),
            Doors(pdf=True, secret=b"k" * 32),
        )
    }
    assert len(marks) == 4
    assert repr(doors) == repr(again)


def test_nothing_wished_writes_nothing(tmp_path: Path, printed: list[str]) -> None:
    """Without a wish there is no file and no browser."""
    home = home_of(tmp_path)
    assert not Doors().write(home, home.path.parent) and not printed
    assert not list(home.path.parent.iterdir())
