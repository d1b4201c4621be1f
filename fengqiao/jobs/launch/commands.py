"""Any other word: one of Django's management commands, with the database up while it runs."""

import subprocess

from fengqiao.jobs.launch import database, where

HELP = """枫桥 Fengqiao
  ./run up [--data ./var] [--host 127.0.0.1] [--port 8000] [--playbook NAME] [--demo]
                        启动全部 / start everything; Ctrl-C stops it
  ./run test [pytest]   运行测试 / run the tests
  ./run check           检查代码 / everything CI checks
  ./run import-messages FILE [--replay]
  ./run doctor          体检 / verify the data and the worker
  ./run <command>       any other Django command
"""


def run(words: list[str]) -> int:
    """Run a management command; `import-messages` and `import_messages` are the same word."""
    data, rest = where.data_folder(words)
    name = rest[0].replace("-", "_")
    with database.ready(data) as environment:
        environment["FENGQIAO_DATA"] = str(data)
        return subprocess.run(where.manage(name, *rest[1:]), env=environment, check=False).returncode


def help_(_: list[str]) -> int:
    """Print the words there are."""
    print(HELP)
    return 0
