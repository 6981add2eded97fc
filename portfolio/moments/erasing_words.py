"""Erasing in words: what will go, what went, what is left, and whose day is past."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.errors import N_
from portfolio.moments.erasing import Due, Erased, Plan
from portfolio.moments.erasing_traces import Trace
from portfolio.words import Speech

_MOST_NAMES = 12

_LEFT = {
    "copy": N_("{file}: an older copy of the database, a backup or an archive. It goes with --backups-too."),
    "packed": N_("{file}: a packed file, into which nobody looks here. Look yourself, or delete it."),
    "database": N_("{file}: other children’s portfolios mention the child. They are theirs, so they stay."),
    "log": N_("{file}: a log that could not be emptied. Close the desks, then delete it."),
    "file": N_("{file}: mentions the child. Look at it, and change or delete it if it should not."),
}


def plan_lines(plan: Plan, say: Speech) -> list[str]:
    """Return what would go, as lines of text."""
    who = plan.student
    lines = [
        say("This erases {name} ({id}) from the class, for good:", name=who.name, id=who.student_id),
        "  " + say.many("{n} portfolio", "{n} portfolios", plan.portfolios),
        "  " + say.many("{n} entry, with its history", "{n} entries, with their history", plan.entries),
        "  "
        + say.many(
            "{n} picture or recording ({size} kB)",
            "{n} pictures and recordings ({size} kB)",
            plan.media,
            size=plan.media_bytes // 1000,
        ),
        *(f"  {path.parent.name}/{path.name}" for path in plan.home),
    ]
    if plan.uploads:
        lines.append("  " + say.many("{n} file on its way in", "{n} files on their way in", plan.uploads))
    if plan.copies:
        lines.append(say("These copies in the class hold it, too, and go only with --backups-too:"))
        lines += [f"  {path.name}" for path in plan.copies]
    return lines + _beside(plan, say)


def erased_lines(erased: Erased, say: Speech) -> list[str]:
    """Return what became of an erasure, as lines of text."""
    plan = erased.plan
    lines = [
        say("{name} ({id}) is erased.", name=plan.student.name, id=plan.student.student_id),
        "  " + say.many("{n} portfolio", "{n} portfolios", plan.portfolios),
        "  " + say.many("{n} entry", "{n} entries", plan.entries),
        "  " + say.many("{n} saved change", "{n} saved changes", erased.changes),
        "  " + say.many("{n} picture or recording file", "{n} picture and recording files", plan.media),
        *("  " + name for name in erased.removed),
    ]
    if not erased.swept:
        lines.append(
            say(
                "The database could not be written anew, because it is in use. Close the desks, then run: "
                "portfolio erase CLASS --sweep"
            )
        )
    if erased.traces:
        lines.append(say("Every file of the class was searched. These still tell of the child, or may:"))
        lines += ["  " + _trace_line(trace, say) for trace in erased.traces]
    else:
        lines.append(say("Every file of the class was searched, and none tells of the child."))
    lines += _beside(plan, say)
    lines.append(say("Files that went home, and backups in other places, are not touched by this."))
    return lines


def _trace_line(trace: Trace, say: Speech) -> str:
    line = say(_LEFT[trace.where], file=trace.file)
    if not trace.whose:
        return line
    more = "" if len(trace.whose) <= _MOST_NAMES else ", …"
    return f"{line} ({', '.join(trace.whose[:_MOST_NAMES])}{more})"


def _beside(plan: Plan, say: Speech) -> list[str]:
    if not plan.beside:
        return []
    return [
        say(
            "These beside the class may hold the child as well. Nothing outside the class is ever deleted here:"
        ),
        *(f"  {path.name}" for path in plan.beside),
    ]


def erased_data(erased: Erased) -> dict[str, object]:
    """Return what became of an erasure as plain data for JSON."""
    plan = erased.plan
    return {
        "student": plan.student.student_id,
        "portfolios": plan.portfolios,
        "entries": plan.entries,
        "changes": erased.changes,
        "media": plan.media,
        "media_bytes": plan.media_bytes,
        "removed": list(erased.removed),
        "swept": erased.swept,
        "left": [{"file": t.file, "where": t.where, "whose": list(t.whose)} for t in erased.traces],
        "beside": [path.name for path in plan.beside],
    }


def due_lines(found: Sequence[Due], say: Speech) -> list[str]:
    """Return whose day to be deleted is past, as lines of text."""
    if not found:
        return [say("Nobody’s day to be deleted is past.")]
    return [
        say(
            "{name} ({id}): to be deleted by {day}",
            name=d.student.name,
            id=d.student.student_id,
            day=d.delete_by,
        )
        for d in found
    ]


def no_day_line(say: Speech) -> str:
    """Return what to say where nobody has a day: silence would sound as if all were well."""
    return say("No day to be deleted is set for anybody in this class, so none can be past.")


def due_data(found: Sequence[Due]) -> list[dict[str, object]]:
    """Return the same as plain data for JSON."""
    return [
        {
            "student": d.student.student_id,
            "delete_by": d.delete_by.isoformat(),
            "portfolios": list(d.portfolios),
        }
        for d in found
    ]
