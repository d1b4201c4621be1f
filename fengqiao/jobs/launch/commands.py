"""Any other word: one of Django's management commands, with the database up while it runs."""

from fengqiao.jobs.launch import database, processes, where
from fengqiao.jobs.launch.steps import say

HELP = """枫桥 Fengqiao
  ./run up [--data ./var] [--host 127.0.0.1] [--port 8000] [--playbook NAME] [--demo]
                        启动全部，Ctrl-C 停止 / start everything; Ctrl-C stops it
  ./run test [pytest]   运行测试 / run the tests
  ./run check           全部检查 / everything CI checks
  ./run audit           查依赖的已知漏洞 / ask which published faults touch the locked packages
  ./run bench NAME      测量 / one measurement on a scratch database
  ./run import-messages FILE [--replay]
                        导入真实来信 / take real messages in
  ./run import-grids FILE --by USERNAME [--apply]
                        导入网格名单 / take a list of grids in; without --apply it is only looked through
  ./run import-register committees|mediators FILE --by USERNAME [--apply]
                        导入调解名册 / take a register of mediation in, likewise
  ./run backup [--to FILE] [--keep N] [--with-key]
                        备份，运行中也可以 / make a backup, also while everything runs
  ./run restore FILE --data NEW [--key FILE] [--identity-key FILE]
                        恢复到新目录 / restore a backup into a new folder
  ./run print-papers --to FOLDER
                        打印全部调解文书样张 / every paper of mediation, to look at
  ./run play-year [--disputes 2570] [--year YYYY] [--seed 1] [--data NEW]
                        演练一年的矛盾纠纷 / play a year of made-up disputes of 镇原 through every step of mediation
  ./run doctor          体检 / verify the data and the worker
  ./run <command>       其他 Django 命令 / any other Django command; --data says on which data
"""


def run(words: list[str]) -> int:
    """Run a management command; `import-messages` and `import_messages` are the same word."""
    data, rest = where.data_folder(words)
    name = rest[0].replace("-", "_")
    with database.ready(data) as environment:
        return processes.foreground(where.manage(name, *rest[1:]), env={**environment, "FENGQIAO_DATA": str(data)})


def help_(_: list[str]) -> int:
    """Print the words there are."""
    say(HELP)
    return 0
