"""`./run print-papers --to FOLDER`: every paper of mediation from one invented dispute, as Word and as PDF."""

from pathlib import Path
from time import process_time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.papers import pdf, word
from fengqiao.mediation.papers.contents import Paper
from fengqiao.mediation.papers.forms import form_of
from fengqiao.mediation.papers.sample import PAPERS

MAKERS = {"docx": word.fill, "pdf": pdf.draw}


class Command(BaseCommand):
    """Print every paper, the county's own templates included, so that they can be looked at."""

    help = "Write every paper of mediation into a folder, filled with an invented dispute."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where the papers go."""
        parser.add_argument("--to", type=Path, required=True, help="the folder they are written to")
        parser.add_argument("--times", type=int, default=1, help="make each so often, and tell the time of the last")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the papers, each with its processor time; all are tried before a template that fails stops it."""
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        each = [(paper, ending) for paper in PAPERS for ending in MAKERS]
        failed = [reason for one in each if (reason := self._print(*one, folder, options["times"]))]
        if failed:
            raise CommandError("\n".join(failed))

    def _print(self, paper: Paper, ending: str, folder: Path, times: int) -> str:
        form, began = form_of(paper), 0.0
        try:
            for _each in range(max(times, 1)):
                began = process_time()
                made = MAKERS[ending](paper)
        except Refused as refusal:
            return str(refusal)
        took = (process_time() - began) * 1000
        (folder / f"{form.kind}.{ending}").write_bytes(made)
        self.stdout.write(f"{form.kind}.{ending}  {form.label}  {len(made) // 1024} kB  {took:.1f} ms")
        return ""
