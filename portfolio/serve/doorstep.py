"""What all handlers have in common: whose visit it is, safe headers, and logs without keys."""

from __future__ import annotations

import re
from typing import Any, Final

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, RequestHandler

from portfolio.serve import policies
from portfolio.serve.front import Front
from portfolio.serve.kernels import ClassKernels
from portfolio.serve.keys import Visit
from portfolio.serve.pages import Page, TroublePage

_KNOWN: Final = re.compile(
    r"/(?:|desk|talk|family(?:/ask|/done)?|cues(?:/ask)?|teacher|teacher/here|t|in|done|ready|are-you|secret|static/[\w./-]*|voila/[\w./@-]*|api/kernels/[\w/-]*)",
    re.ASCII,
)


def shown_path(path: str) -> str:
    """Return a path as a log may show it: a key, or what somebody mistyped for one, is left out."""
    for links in ("/k/", "/t/", "/f/", "/family/in/"):
        if path.startswith(links):
            return f"{links}…"
    return path if _KNOWN.fullmatch(path) else "/…"


class VisitIdentity(IdentityProvider):
    """Who asks: the visit of our own cookie, and nothing else (no token, no password)."""

    login_available = False
    logout_available = False

    def get_user(self, handler: RequestHandler) -> User | None:
        """Return the visit as jupyter-server's kind of user, or None."""
        visit = visit_of(handler)
        return None if visit is None else User(username=visit.visit_id)

    def is_token_authenticated(self, handler: RequestHandler) -> bool:  # noqa: ARG002 - the base's signature
        """Return False: no header and no query string ever takes the place of the cookie."""
        return False


class OnlyOwnKernels(Authorizer):
    """Second lock: jupyter-server's own handlers work only where we have already looked at the kernel."""

    def is_authorized(
        self,
        handler: JupyterHandler,
        user: User,  # noqa: ARG002 - the base's signature
        action: str,
        resource: str,
    ) -> bool:
        """Return True for a kernel of the visitor's own."""
        return resource == "kernels" and action in {"read", "execute"} and isinstance(handler, OwnKernel)


def front_of(handler: RequestHandler) -> Front:
    """Return the front of the house that a handler belongs to."""
    front: Front = handler.settings["front"]
    return front


def visit_of(handler: RequestHandler) -> Visit | None:
    """Return the visit a request's cookie stands for, a child's or a teacher's."""
    front = front_of(handler)
    return front.visit_in(handler.get_cookie(front.cookie_name))


class Doorstep(JupyterHandler):
    """Base of our handlers. Knows the visit; its log lines carry no key and no query string."""

    by_hand = True
    """Whether such a request means that somebody is there: a page asks some things by itself."""

    @property
    def front(self) -> Front:
        """Return the front of the house."""
        return front_of(self)

    @property
    def kernels(self) -> ClassKernels:
        """Return the kernels of the class."""
        kernels: ClassKernels = self.settings["kernel_manager"]
        return kernels

    @property
    def visitor(self) -> Visit | None:
        """Return whose visit the cookie of this request is: a child's or a teacher's."""
        return visit_of(self)

    @property
    def visit(self) -> Visit | None:
        """Return the child's visit; None for a teacher, who has no book."""
        visitor = self.visitor
        return visitor if visitor is not None and visitor.role == "student" else None

    @property
    def teacher_visit(self) -> Visit | None:
        """Return the teacher's visit; None for a child."""
        visitor = self.visitor
        return visitor if visitor is not None and visitor.role == "teacher" else None

    async def prepare(self, **kwargs: Any) -> None:
        """Note that the teacher is there, once the base lets the request pass."""
        await super().prepare(**kwargs)
        teachers, visit = self.front.teachers, self.teacher_visit
        if self.by_hand and teachers is not None and visit is not None:
            teachers.stir(visit, self.front.now())

    @property
    def content_security_policy(self) -> str:
        """Return the policy for answers that are no page."""
        return policies.NOTHING

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with the status and nothing else."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")

    def _request_summary(self) -> str:
        return f"{self.request.method} {shown_path(self.request.path)}"


class OwnKernel(Doorstep):
    """A handler of ``…/<kernel_id>…``: whoever does not own the kernel gets 403, if it exists or not."""

    async def prepare(self, **kwargs: Any) -> None:
        """Let nobody pass but the owner of the kernel in the address."""
        await super().prepare(**kwargs)
        if not self.kernels.belongs(self.path_kwargs["kernel_id"], self.visitor):
            raise HTTPError(403)


class DoorPage(Doorstep):
    """A handler that answers with pages of the door."""

    @property
    def content_security_policy(self) -> str:
        """Return the policy of the door's own pages."""
        return policies.DOOR

    def show(self, page: Page) -> None:
        """Send a page; nothing of it stays in a cache."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(self.front.pages.render(page))

    def see_other(self, address: str) -> None:
        """Send the browser on to another address of ours; the answer itself stays in no cache."""
        self.set_header("Cache-Control", "no-store")
        self.redirect(address, status=303)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say that something did not work, and nothing about why."""
        self.show(TroublePage(status_code))
