"""``--execute``: a teacher's own code cells are run before the file is made; ours never are.

The notebook on the disk stays as it is. A cell that fails, or takes too long, leaves a note in the file and keeps
nothing else out.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_output
from traitlets import Bool, Int

from portfolio.store.notebook_file import parts_of
from portfolio.store.notebook_outputs import hidden, is_machinery


class RunOwnCells(ExecutePreprocessor):
    """Runs the code cells a teacher has added, in one kernel, with a limit for each and for all."""

    timeout = Int(30, allow_none=True, help="Seconds one cell may take.").tag(config=True)
    all_together = Int(120, help="Seconds all cells may take together.").tag(config=True)
    allow_errors = Bool(True, help="Go on with the next cell after one that fails.").tag(config=True)
    interrupt_on_timeout = Bool(True, help="Go on with the next cell after one that takes too long.").tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook with fresh outputs; without cells to run, no kernel is started."""
        cells = own_code(nb)
        if not cells:
            return nb, resources
        sources = json.dumps([cell.source for cell in cells])
        key = hashlib.sha256(sources.encode("utf-8", "replace")).hexdigest()
        known: dict[str, list[Any]] = self.__dict__.setdefault("_known", {})
        if key not in known:
            self._run(cells, nb.metadata, resources, km)
            known[key] = [deepcopy(cell.outputs) for cell in cells]
        for cell, outputs in zip(cells, known[key], strict=True):
            cell.outputs = deepcopy(outputs)
        return nb, resources

    def _run(self, cells: list[NotebookNode], metadata: Any, resources: Any, km: Any) -> None:
        """Run cells in place. What did not come to its end has an error as its only output."""
        for cell in cells:
            cell.outputs = [_unfinished()]
        small = new_notebook(cells=cells, metadata=metadata)  # type: ignore[no-untyped-call] # nbformat's
        self._over = False
        try:
            with self._watched():
                super().preprocess(small, resources, km)
        except (
            CellExecutionError,
            CellControlSignal,
            DeadKernelError,
            NoSuchKernel,
            RuntimeError,
            OSError,
        ) as error:
            self.log.warning("Running the cells ended early (%s).", type(error).__name__)

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Run one cell."""
        if self._over:
            return cell, resources
        if not index:  # the kernel is there now; how long it took to come is no cell's fault
            self._clock.start()
        kept, cell.outputs = cell.outputs, []
        try:
            made: tuple[NotebookNode, Any] = super().preprocess_cell(cell, resources, index)  # type: ignore[no-untyped-call] # nbconvert's
        except BaseException:
            cell.outputs = kept
            raise
        return made

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Kill the kernel when all cells together have taken too long, also one that hears no interruption."""
        self._clock = threading.Timer(self.all_together, self._kill)
        self._clock.daemon = True
        try:
            yield
        finally:
            self._clock.cancel()

    def _kill(self) -> None:
        self._over = True
        process = getattr(getattr(self.km, "provisioner", None), "process", None)
        if process is not None:
            process.kill()


def own_code(nb: NotebookNode) -> list[NotebookNode]:
    """Return the code cells a teacher has added: not those that show sections, and none that is hidden."""
    parts = parts_of(json.dumps(nb), "notebook.ipynb")
    return [
        cell
        for cell, part in zip(nb.cells, parts, strict=True)
        if part.kind == "code"
        and part.source.strip()
        and not part.calls
        and not is_machinery(part.source, cell.get("id"))
        and not hidden(cell.metadata)
    ]


def _unfinished() -> NotebookNode:
    return new_output("error", ename="Unfinished", evalue="", traceback=[])  # type: ignore[no-untyped-call, no-any-return] # nbformat's
