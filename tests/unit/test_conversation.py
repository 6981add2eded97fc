"""What people may begin to talk with: the first article's list, each topic with three first sentences and a place."""

from __future__ import annotations

import pytest

from portfolio import files
from portfolio.model import (
    ClassTemplate,
    ClassWords,
    Concern,
    HomeWords,
    Household,
    Record,
    Teacher,
    TeacherNote,
)
from portfolio.rules.conversation import ANSWERED_IN, TOPICS, Talker, Topic
from portfolio.store.template_file import load_template
from portfolio.views.icons import find

ARTICLE = {
    "How can I help?": {"help"},
    "What is the best way to contact you?": {"reach"},
    "What does my child enjoy doing?": {"enjoys"},
    "What motivates my child?": {"motivates"},
    "Does my child seem happy at school?": {"happy"},
    "How is my child relating to peers?": {"peers"},
    "What do you perceive as my child’s strengths and weaknesses?": {"strengths", "growing"},
    "What are your expectations?": {"expectations"},
    "Can you help me with this particular issue?": {"issue"},
}
"""The nine questions of line 17, and our topics for each."""

RECORDS: dict[str, type[Record]] = {
    "home_words": HomeWords,
    "teacher_note": TeacherNote,
    "class_words": ClassWords,
    "concern": Concern,
    "household": Household,
    "teacher": Teacher,
}
TALKERS: tuple[Talker, ...] = ("family", "teacher", "student")


def templates() -> list[ClassTemplate]:
    """Return every class template we ship."""
    return [load_template(path) for path in sorted(files.class_templates().glob("*.yaml"))]


def test_all_nine_questions_of_the_article_are_topics() -> None:
    """Each question of the article is one of our topics (one of them two), and there are no others."""
    assert {topic.topic_id for topic in TOPICS} == set[str]().union(*ARTICLE.values())
    assert len(ARTICLE) == 9


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.topic_id)
def test_each_topic_has_three_first_sentences_and_a_place_for_the_answer(topic: Topic) -> None:
    """Family, teacher and child each have a sentence of their own; the answer is a page or a field that there is."""
    said = [topic.begins(talker) for talker in TALKERS]
    assert len(set(said)) == 3
    assert all(4 < len(text) < 90 for text in said)
    assert "{" not in topic.student
    find(topic.icon)
    places = ANSWERED_IN[topic.topic_id]
    assert places
    for place in places:
        what, name = place.split(".")
        if what == "section":
            assert all(template.section(name) for template in templates()), place
        else:
            assert name in RECORDS[what].model_fields, place


def test_what_is_hard_comes_after_what_goes_well_and_is_said_kindly() -> None:
    """Joy comes first, strengths before what is not easy yet, help at the end; weaknesses are never called so."""
    ids = [topic.topic_id for topic in TOPICS]
    assert ids[0] == "enjoys"
    assert ids.index("strengths") < ids.index("growing") < ids.index("help")
    assert TOPICS[ids.index("growing")].kindly
    told = " ".join(
        text for topic in TOPICS for text in (topic.title, *(topic.begins(t) for t in TALKERS))
    ).lower()
    for word in ("weak", "problem", "bad", "behind", "should", "fail", "behaviour", "behavior"):
        assert word not in told
