"""What `./run` starts once the environment stands: one word, one function; any other word is a management command."""

import sys

from fengqiao.jobs.launch import benching, checking, commands, processes, testing, up
from fengqiao.jobs.launch.backups import making, restoring
from fengqiao.jobs.launch.lock import auditing
from fengqiao.jobs.launch.steps import Stop

WORDS = {
    "up": up.run,
    "backup": making.run,
    "restore": restoring.run,
    "test": testing.run,
    "check": checking.run,
    "audit": auditing.run,
    "bench": benching.run,
    "help": commands.help_,
}


def main() -> int:
    """Do the word and give the exit code."""
    word, *arguments = sys.argv[1:] or ["help"]
    processes.stop_on_signals()
    try:
        if word in WORDS:
            return WORDS[word](arguments)
        return commands.run([word, *arguments])
    except Stop as stop:
        print(f"  {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
