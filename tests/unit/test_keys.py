# long: keys, visits, the secret and the small rules of one door
"""Keys, signed visits, the secret of a class, and the small rules of the door."""

from __future__ import annotations

import base64
import errno
import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import NotAllowed, StorageTrouble
from portfolio.serve import policies
from portfolio.serve.app import transport_in
from portfolio.serve.doorstep import shown_path
from portfolio.serve.kernels import kernel_environment
from portfolio.serve.keys import (
    ALPHABET,
    LIFE,
    Purpose,
    Role,
    Visit,
    check,
    key_fingerprint,
    new_key,
    new_visit,
    read_or_make_secret,
    sign,
)
from portfolio.serve.patience import Patience
from portfolio.serve.visit import CLASS_VARIABLE, VISIT_VARIABLE, class_folder, current_visit
from portfolio.serve.wire import may_pass

SECRET = bytes(range(32))
NOW = datetime(2026, 10, 5, 9, 30, 15, tzinfo=UTC)
ANA = new_visit("s-ana", class_id="c-1", now=NOW, randomness=lambda n: b"\x07" * n)

visits = st.builds(
    Visit,
    student_id=st.text(max_size=40),
    class_id=st.text(max_size=40),
    visit_id=st.text(alphabet="0123456789abcdef", min_size=32, max_size=32),
    issued_at=st.integers(1_600_000_000, 4_100_000_000).map(
        lambda second: datetime.fromtimestamp(second, UTC)
    ),
    role=st.sampled_from(["student", "teacher"]),
)


def proper(visit: Visit, purpose: Purpose) -> Visit:
    """Return a visit of the role that is signed for a purpose: a family's cookie is a family's alone."""
    family = purpose is Purpose.FAMILY
    return replace(visit, role="family", household_id="h-1") if family else visit


@given(visits, st.sampled_from(list(Purpose)))
def test_a_signed_visit_comes_back_as_it_was(visit: Visit, purpose: Purpose) -> None:
    """Any visit, signed and checked for the same purpose, is the same visit, and its token is plain ASCII."""
    visit = proper(visit, purpose)
    token = sign(visit, SECRET, purpose)
    assert check(token, SECRET, purpose, now=visit.issued_at) == visit
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


@given(st.data())
def test_a_token_with_any_one_sign_changed_is_refused(data: st.DataObject) -> None:
    """Whichever sign of a token is replaced by whichever other one, nobody comes in."""
    token = sign(ANA, SECRET, Purpose.COOKIE)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda sign: sign != token[at]))
    with pytest.raises(NotAllowed):
        check(token[:at] + other + token[at + 1 :], SECRET, Purpose.COOKIE, now=NOW)


@given(st.text(st.characters(codec=None, exclude_categories=())) | st.just("cookie.\ud800.\udfff"))
def test_any_other_text_is_refused(text: str) -> None:
    """Text that we did not sign is refused with a sentence, never with another kind of error."""
    with pytest.raises(NotAllowed):
        check(text, SECRET, Purpose.COOKIE, now=NOW)


def test_a_longer_or_shorter_token_is_refused() -> None:
    """Signs added or left out at either end, and respelled base64, are refused too."""
    token = sign(ANA, SECRET, Purpose.COOKIE)
    body = token.split(".")[1]
    for changed in (token + "=", token[:-1], " " + token, token.replace(body, body + "="), token + ".x", ""):
        with pytest.raises(NotAllowed):
            check(changed, SECRET, Purpose.COOKIE, now=NOW)


def test_a_kernel_slip_is_no_cookie_and_a_cookie_no_kernel_slip() -> None:
    """A token works for its own purpose only, even with the purpose in it renamed."""
    for purpose, other in permutations(Purpose, 2):
        token = sign(proper(ANA, purpose), SECRET, purpose)
        for tried in (token, token.replace(str(purpose), str(other), 1)):
            with pytest.raises(NotAllowed):
                check(tried, SECRET, other, now=NOW)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_role_signed_for_a_purpose_that_is_not_its_own_opens_nothing(purpose: Purpose) -> None:
    """Even with our secret: no family's visit is a cookie of ours or starts a kernel, no child's opens a family's page."""
    role: Role = "student" if purpose is Purpose.FAMILY else "family"
    token = sign(replace(ANA, role=role, household_id="h-1"), SECRET, purpose)
    with pytest.raises(NotAllowed, match="does not fit"):
        check(token, SECRET, purpose, now=NOW)


def test_another_class_does_not_let_in() -> None:
    """A token signed with the secret of another class is refused."""
    with pytest.raises(NotAllowed):
        check(sign(ANA, b"\x01" * 32, Purpose.COOKIE), SECRET, Purpose.COOKIE, now=NOW)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_visit_ends_by_itself(purpose: Purpose) -> None:
    """A token works to the last second of its life and not a second longer, nor long before it began."""
    visit = proper(ANA, purpose)
    token = sign(visit, SECRET, purpose)
    assert check(token, SECRET, purpose, now=NOW + LIFE[purpose]) == visit
    for moment in (NOW + LIFE[purpose] + timedelta(seconds=1), NOW - timedelta(minutes=6)):
        with pytest.raises(NotAllowed, match="too long ago"):
            check(token, SECRET, purpose, now=moment)


def test_a_token_carries_the_id_and_nothing_about_the_child() -> None:
    """What stands in a token is ids, role and time: no name, no key."""
    body = sign(ANA, SECRET, Purpose.COOKIE).split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert set(said) == {"student", "class", "visit", "issued", "role"}


def test_two_visits_of_one_child_differ() -> None:
    """Every opening of a book has its own random id, so that its kernels are its own."""
    opened = {new_visit("s-ana", class_id="c", now=NOW, randomness=os.urandom).visit_id for _ in range(50)}
    assert len(opened) == 50


def test_a_key_has_at_least_128_random_bits_and_no_look_alikes() -> None:
    """A key is 28 signs out of 32, none of them 0, O, 1 or l, written in groups of four."""
    key = new_key()
    signs = key.replace("-", "")
    assert [len(group) for group in key.split("-")] == [4] * 7
    assert len(set(ALPHABET)) == 32 and not set("0o1lO") & set(ALPHABET)
    assert set(signs) <= set(ALPHABET) and len(signs) * 5 >= 128


def test_every_sign_of_a_key_is_equally_likely() -> None:
    """All 256 values of a byte are spread evenly over the 32 signs."""
    dice = iter(range(256 * 28))
    signs = "".join(new_key(lambda n: bytes(next(dice) % 256 for _ in range(n))) for _ in range(256))
    assert {signs.count(sign) for sign in ALPHABET} == {256 * 28 // 32}


@given(st.binary(min_size=28, max_size=28), st.sampled_from([str.upper, str.title, str.lower]))
def test_a_key_typed_by_hand_has_the_same_fingerprint(dice: bytes, spoken: type[str]) -> None:
    """Capitals, blanks for hyphens and blanks around do not change whose key it is; another sign does."""
    key = new_key(lambda _: dice)
    typed = f" {spoken(key)} ".replace("-", " ")
    assert key_fingerprint(typed) == key_fingerprint(key)
    other = ALPHABET[(ALPHABET.index(key[0]) + 1) % 32] + key[1:]
    assert key_fingerprint(other) != key_fingerprint(key)


@given(st.text(st.characters(codec=None, exclude_categories=())) | st.just("\ud800"))
def test_any_text_has_a_fingerprint(text: str) -> None:
    """Whatever somebody types behind /k/, the answer is 64 hex signs and no error."""
    assert len(bytes.fromhex(key_fingerprint(text))) == 32


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    """The first asking makes 32 bytes with mode 0600, later ones return the same and mend the mode."""
    path = tmp_path / "4b" / ".portfolio" / "secret"
    made = read_or_make_secret(path)
    path.chmod(0o644)
    assert read_or_make_secret(path) == made and len(made) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret"]


def test_whoever_comes_second_keeps_the_first_secret(tmp_path: Path) -> None:
    """When another process makes the secret in between, its secret stands for both."""
    path = tmp_path / "secret"

    def slow(count: int) -> bytes:
        path.write_bytes(b"first".ljust(count, b"."))
        return b"second".ljust(count, b".")

    assert read_or_make_secret(path, slow).startswith(b"first")


def test_a_drive_without_links_gets_its_secret_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files cannot be linked, the secret is put there by renaming."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "secret"
    assert read_or_make_secret(path) == path.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]


def test_a_damaged_secret_says_what_to_do(tmp_path: Path) -> None:
    """A secret of the wrong length is not used; the sentence names the file and what happens next."""
    path = tmp_path / "secret"
    path.write_bytes(b"short")
    with pytest.raises(StorageTrouble, match="Delete that file"):
        read_or_make_secret(path)


def test_a_kernel_knows_its_visit_only_from_a_signed_slip() -> None:
    """The kernel's slip names the child; a cookie in its place, nothing, or text of others does not."""
    good = {VISIT_VARIABLE: sign(ANA, SECRET, Purpose.KERNEL), CLASS_VARIABLE: "/somewhere/4b"}
    assert current_visit(good, SECRET, now=lambda: NOW) == ANA
    assert class_folder(good) == Path("/somewhere/4b")
    for bad in ({}, {VISIT_VARIABLE: "s-ana"}, {VISIT_VARIABLE: sign(ANA, SECRET, Purpose.COOKIE)}):
        with pytest.raises(NotAllowed):
            current_visit(bad, SECRET, now=lambda: NOW)
    with pytest.raises(NotAllowed):
        class_folder({})


# ------------------------------------------------------------------------------- the small rules of the door


def test_wrong_links_wait_longer_and_longer_and_are_forgiven() -> None:
    """Two slips cost nothing, then the wait doubles up to four seconds; other addresses never wait for it."""
    clock = iter([0.0] * 8 + [1.0, 700.0])
    patience = Patience(lambda: next(clock))
    waits = [patience.wait_for("10.0.0.7") for _ in range(8)]
    assert waits == [0, 0, 0.25, 0.5, 1, 2, 4, 4]
    assert patience.wait_for("10.0.0.8") == 0
    assert patience.wait_for("10.0.0.7") == 0


def test_only_so_many_wrong_links_wait_at_once() -> None:
    """When twenty answers wait, there is no room for another."""
    assert not Patience(lambda: 0.0, waiting=19).full
    assert Patience(lambda: 0.0, waiting=20).full


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_a_kernel_gets_nothing_of_the_request(environ: dict[str, str]) -> None:
    """Whatever else is in the environment, what came with the request is left out and the slip is ours."""
    told = {
        "QUERY_STRING": "k=1",
        "HTTP_COOKIE": "c",
        "VOILA_REQUEST_URL": "/k/1",
        "PORTFOLIO_VISIT": "forged",
    }
    got = kernel_environment({**environ, **told}, slip="signed", class_folder=Path("4b"))
    assert got[VISIT_VARIABLE] == "signed" and got[CLASS_VARIABLE] == "4b"
    assert not set(told) - {"PORTFOLIO_VISIT"} & set(got)
    plain = {name for name in environ if name.upper() != name}
    assert plain <= set(got)


@given(st.text(alphabet=ALPHABET + "-", min_size=8), st.sampled_from(["/k/{}", "/{}", "/k/{}/x", "/desk/{}"]))
def test_a_log_shows_no_key_wherever_it_was_typed(key: str, place: str) -> None:
    """A key behind /k/, or pasted anywhere else, is not in what a log shows of the address."""
    assert key not in shown_path(place.format(key))


@pytest.mark.parametrize(
    "path", ["/", "/desk", "/in", "/done", "/voila/static/voila.js", "/api/kernels/1-a/channels"]
)
def test_a_log_shows_our_own_addresses(path: str) -> None:
    """Addresses without a secret are logged as they are."""
    assert shown_path(path) == path


def test_a_browser_opens_nothing_in_the_kernel_but_the_state_of_the_widgets() -> None:
    """A page may ask for the widgets' state and send their changes; it may not make widgets of its own."""
    assert may_pass({"msg_type": "comm_open"}, {"target_name": "jupyter.widget.control"})
    assert may_pass({"msg_type": "comm_msg"}, {"comm_id": "1"})
    for target in ("jupyter.widget", "jupyter.widget.version", "", None, ["jupyter.widget.control"]):
        assert not may_pass({"msg_type": "comm_open"}, {"target_name": target})


def test_kernels_listen_on_files_of_our_own_where_the_path_is_short_enough(
    only_on: Callable[..., None],
) -> None:
    """On Linux kernels get sockets in a private folder; a folder with too long a path gets ports instead."""
    only_on("Linux")
    assert transport_in("/run/portfolio_x") == "ipc"
    assert transport_in("/run/" + "x" * 60) == "tcp"


def test_a_strange_host_name_does_not_get_into_the_policy() -> None:
    """The websocket rule names the host only if it is a plain one: nothing can be smuggled into a header."""
    assert "ws://class.school:8866 wss://class.school:8866" in policies.notebook("class.school:8866")
    for host in ("a; script-src *", "a b", "", "a'"):
        assert "connect-src 'self';" in policies.notebook(host) + ";" and "*" not in policies.notebook(host)
