"""A home's promise in the list of what we promise."""

from __future__ import annotations

from typing import Final

from portfolio.model import Agreement, Reply
from portfolio.moments.conference.answering import Home
from portfolio.moments.conference.together import history
from portfolio.rules import answering as rules

_PROMISE: Final = next(one for one in rules.WAYS["glow"].asks if one.key == "promise")


def promise_too(home: Home, reply: Reply) -> bool:
    """Write the promise of an answer into what we promise; return whether it stands there in these words.

    Once somebody at the table has put it in other words, theirs stay. A promise that says nothing is none.
    """
    words = next((line.words for line in reply.lines if line.starter == _PROMISE.starter), None)
    if not words:
        return False
    store = home.table.store
    made = Agreement(entry_id=rules.promise_id(reply.entry_id), who="family", name=reply.who, what=words)
    past = history(home.table, home.portfolio_id, made.entry_id)
    last = past[-1] if past else None
    if last is not None and isinstance(last.entry, Agreement):
        made = last.entry.but(what=words)
        if made == last.entry:
            return True
        if last.changed_by != home.by:
            return False
    version = last.version if last else 0
    store.keep(home.portfolio_id, made, expected=version, by=home.by, at=home.table.now())
    return True
