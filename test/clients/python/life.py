"""Runs every check, in order: they share one function. Exits with 1 if any fails."""

import inspect
import sys
import traceback

import attached
import functions
import machines
import queues
import sources
import stores
import streams
import tables
import topics
import watching
from clients import awslambda, failure


def is_gone_after_delete():
    awslambda.delete_function(FunctionName='shop')
    failure('ResourceNotFoundException', 404, lambda: awslambda.get_function(FunctionName='shop'))


def checks(module):
    """The functions that a module itself defines, without its private ones."""
    own = inspect.getmembers_static(module, inspect.isfunction)
    mine = [each for name, each in own if each.__module__ == module.__name__ and not name.startswith('_')]
    return sorted(mine, key=lambda each: each.__code__.co_firstlineno)


failed = False
modules = (functions, attached, watching, stores, queues, sources, streams, tables, machines, topics)
all_checks = [check for module in modules for check in checks(module)]
for check in [*all_checks, is_gone_after_delete]:
    try:
        check()
        print('ok', check.__name__)
    except Exception:
        failed = True
        print('FAILED', check.__name__)
        traceback.print_exc()
sys.exit(1 if failed else 0)
