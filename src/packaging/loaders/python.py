"""Loads a Python handler as Lambda's runtime does, and writes the result to a file.

Argument: a file with {package, own, layers, module, exportPath, suffixes, binaries, patienceMs, result}.
"""

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import json
import logging
import os
import sys
import threading
import traceback

TASK_ROOT = "/var/task"

# Modules that Lambda's runtime has beside a package.
FROM_RUNTIME = {
    *("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3"),
    *("awslambdaric", "snapshot_restore_py", "simplejson"),
}


# Higher than any version of the SDK that code may require.
VERSION = "1.99.0"


class Anything:
    """Can be called, read from and subclassed, and does nothing."""

    def __init__(self, *_args, **_named):
        pass

    def __call__(self, *_args, **_named):
        return Anything()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __getitem__(self, _key):
        return Anything()

    def __iter__(self):
        return iter(())

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None


# Modules that the function's code imports and only a layer can have, by name.
TRUSTED = {}


class StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder: stands in for the AWS SDK if the package has none, and for modules that only a layer can have.
    """

    def __init__(self, task):
        self.task = task

    def find_spec(self, name, _path, _target=None):
        top = name.split(".")[0]
        if top in FROM_RUNTIME or self.is_stand_in(top) or self.is_trusted(top):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def is_stand_in(self, top):
        spec = getattr(sys.modules.get(top), "__spec__", None)
        return spec is not None and spec.loader is self

    def is_trusted(self, top):
        if not self.task["layers"] or top in sys.modules:
            return False
        place = importing_place(self.task)
        if place is None or is_optional(*place):
            return False
        path = os.path.relpath(os.path.realpath(place[0]), os.path.realpath(self.task["package"]))
        TRUSTED.setdefault(top, {"path": path, "name": top})
        return True

    def create_module(self, _spec):
        return None

    def exec_module(self, module):
        def anything(name):
            if name == "__version__":
                return VERSION
            if name.startswith("__"):
                raise AttributeError(name)
            return Anything()

        module.__getattr__ = anything


def importing_place(task):
    """File and line of the package's code that imports a module now; None if other code does, or only asks."""
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if frame.f_code.co_name == "find_spec" and ("importlib.util" in file or os.path.join("importlib", "util") in file):
            return None
        if file != __file__ and "importlib" not in file:
            break
        frame = frame.f_back
    return place_in_package(task, frame and frame.f_code.co_filename, frame and frame.f_lineno)


def place_in_package(task, file, line):
    if file is None or not os.path.realpath(file).startswith(os.path.realpath(task["package"]) + os.sep):
        return None
    return file, line


def nodes_around(file, line):
    """The statements of a file that contain a line."""
    try:
        with open(file, "rb") as source:
            tree = ast.parse(source.read())
    except Exception:
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno]


def is_optional(file, line):
    """Whether code can do without its import on a line."""
    for node in nodes_around(file, line):
        if isinstance(node, ast.Try) and any(map(may_catch_import, node.handlers)):
            if node.body[0].lineno <= line <= node.body[-1].end_lineno:
                return True
        if isinstance(node, ast.With) and "suppress" in "".join(ast.dump(item) for item in node.items):
            return True
    return False


def is_of_version(error, task):
    """Whether a module is missing in this version of Python only, as the importing code shows."""
    places = [
        (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        for trace in traces_of(error)
        if "importlib" not in trace.tb_frame.f_code.co_filename
    ]
    place = place_in_package(task, *places[-1]) if places else None
    if place is None:
        return bool(places) and places[-1][0] != __file__
    tests = [ast.dump(node.test) for node in nodes_around(*place) if isinstance(node, ast.If)]
    return any("version_info" in test or "hexversion" in test for test in tests)


def traces_of(error):
    trace = error.__traceback__
    while trace is not None:
        yield trace
        trace = trace.tb_next


def in_package(package, hooks):
    """Redirects the package's folder on Lambda to the package here."""

    def hook(path):
        if not (path + "/").startswith(TASK_ROOT + "/"):
            raise ImportError
        for each in hooks:
            try:
                return each(package + path[len(TASK_ROOT) :])
            except ImportError:
                continue
        raise ImportError

    return hook


# Binaries that were loaded: those that Lambda can't load, and those that only this machine can't.
REFUSED = []
ELSEWHERE = []


class Refused(ImportError):
    """Refuses a binary as Lambda would, even if this machine can load it."""


def take_lambdas_machine(task):
    """Looks for extensions by the names of Lambda's Python, and loads only those that this machine can."""
    create = importlib.machinery.ExtensionFileLoader.create_module

    def create_module(self, spec):
        path = os.path.relpath(os.path.realpath(spec.origin), os.path.realpath(task["package"]))
        binary = task["binaries"].get(path, {})
        if binary.get("problem"):
            REFUSED.append(path)
            raise Refused(f"{path}: cannot be loaded, since it is {binary['problem']}")
        if not binary.get("runsHere", True):
            ELSEWHERE.append(path)
            raise ImportError(f"{path}: is not for this machine")
        return create(self, spec)

    importlib.machinery.ExtensionFileLoader.create_module = create_module
    machinery = importlib.machinery
    finder = machinery.FileFinder.path_hook(
        (machinery.ExtensionFileLoader, task["suffixes"]),
        (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
        (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
    )

    def hook(path):
        if path == task["package"] or path.startswith(task["package"] + os.sep):
            return finder(path)
        raise ImportError

    sys.path_hooks.insert(0, hook)


def load(task):
    take_lambdas_machine(task)
    sys.path_hooks.insert(0, in_package(task["package"], list(sys.path_hooks)))
    own = [entry for entry in os.environ.get("PYTHONPATH", "").split(":") if entry]
    sys.path[:0] = [task["package"], *own]
    sys.meta_path.append(StandIns(task))
    # Lambda's runtime sets this handler, and functions rely on it.
    logging.getLogger().addHandler(logging.StreamHandler(sys.stdout))
    value = module = importlib.import_module(task["module"])
    for name in task["exportPath"]:
        value = getattr(value, name, None)
    if callable(value):
        wrong = wrong_call(value)
        if wrong:
            return {"outcome": "uncallable", "got": wrong}
        return {"outcome": "loaded", "missing": missing_imports(task)}
    got = nothing_in(module) if value is None else f"a value of type {type(value).__name__}"
    return {"outcome": "no-function", "got": got}


def wrong_call(handler):
    """Why each call of a handler fails; None if it would not."""
    forms = (handler, type(handler).__call__)
    if any(map(inspect.iscoroutinefunction, forms)):
        return "one that is async, which Lambda's Python does not await"
    if any(inspect.isgeneratorfunction(form) or inspect.isasyncgenfunction(form) for form in forms):
        return "one that yields, and so answers with a generator, of which Lambda's Python makes no JSON"
    try:
        signature = inspect.signature(handler, follow_wrapped=False)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(None, None)
    except TypeError as error:
        return f"one that can't be called with two: {error}"
    return None


def missing_imports(task):
    """Modules that the function's own code imports late, in the first call that needs them, and that are nowhere here.
    """
    missing = []
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        path = file and os.path.relpath(os.path.realpath(file), os.path.realpath(task["package"]))
        if path in task["own"]:
            names = imports_of(file)
            missing += [{"path": path, "name": name} for name in dict.fromkeys(names) if not is_there(name)]
    return missing


def imports_of(file):
    try:
        with open(file, "rb") as source:
            return imports_in(ast.parse(source.read()))
    except Exception:
        # For example, code that is nested too deeply to be searched.
        return []


def imports_in(node):
    """The modules that code imports from elsewhere, except those that it can do without."""
    if isinstance(node, ast.Try) and any(map(may_catch_import, node.handlers)):
        nodes = node.orelse + node.finalbody
    elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        nodes = node.orelse
    elif isinstance(node, ast.If) and "version_info" in ast.dump(node.test):
        nodes = []
    else:
        nodes = ast.iter_child_nodes(node)
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [] if node.level else [node.module.split(".")[0]]
    return [name for each in nodes for name in imports_in(each)]


def may_catch_import(handler):
    words = ("ImportError", "ModuleNotFoundError", "Exception")
    return handler.type is None or any(word in ast.dump(handler.type) for word in words)


def is_there(name):
    try:
        return name in sys.modules or importlib.util.find_spec(name) is not None
    except Exception:
        return True


def nothing_in(module):
    names = [name for name in vars(module) if not name.startswith("_")]
    return "nothing beside " + ", ".join(names[:10]) if names else "nothing"


def failure(error, task):
    kind, module, of_version = "other", None, False
    if isinstance(error, ModuleNotFoundError):
        # A distribution's name may have hyphens; a module's may not.
        kind, module = "missing-module", error.name and error.name.replace("-", "_")
        of_version = is_of_version(error, task)
    elif is_refusal(error):
        kind = "foreign"
    told = traceback.TracebackException.from_exception(error)
    leave_out_own(told, task)
    lines = "".join(told.format()).splitlines()
    binaries = {"refused": REFUSED, "elsewhere": ELSEWHERE}
    text = {"text": "\n".join(lines[-6:]), "chain": chain_of(error)}
    what = {"kind": kind, "module": module, "isOfVersion": of_version}
    return {"outcome": "failed", **what, **text, **binaries}


def leave_out_own(told, task):
    """Reduces the stack of an error and its causes to frames of the package, or at least removes those of this loader.
    """
    kept = [frame for frame in told.stack if frame.filename != __file__ and "importlib" not in frame.filename]
    packaged = [frame for frame in kept if frame.filename.startswith(task["package"])]
    told.stack = traceback.StackSummary.from_list(packaged or kept)
    for more in (told.__cause__, told.__context__, *(getattr(told, "exceptions", None) or ())):
        if more is not None:
            leave_out_own(more, task)


# The attributes in which libraries keep the cause of an error.
CAUSES = ("__cause__", "__context__", "exceptions", "original_exception", "last_exception", "error", "reason")
MOST_CAUSES = 50


def all_of(error):
    """An error and all its causes."""
    found = [error]
    for each in found:
        for name in CAUSES:
            more = getattr(each, name, None)
            for one in more if isinstance(more, (list, tuple)) else [more]:
                if isinstance(one, BaseException) and len(found) < MOST_CAUSES and one not in found:
                    found.append(one)
    return found


def chain_of(error):
    """Name and message of an error and of all its causes. A loader does not decide which of them counts."""
    return [f"{type(each).__name__}: {each}"[:2000] for each in all_of(error)]


def is_refusal(error):
    """Whether a binary that Lambda can't load is the reason of the failure or of one of its causes."""
    return any(isinstance(each, Refused) for each in all_of(error))


def watch_network(task):
    """A module that still waits shortly before the limit may wait for a network that Lambda has, as an address in a
    VPC.
    """
    connected = threading.Event()
    sys.addaudithook(lambda event, _: connected.set() if event == "socket.connect" else None)

    def tell():
        if connected.is_set():
            text = f"it still waits for the network after {task['patienceMs'] / 1000:g} s"
            waits = {"outcome": "failed", "kind": "other", "text": text, "chain": ["ETIMEDOUT"]}
            finish(task, {**waits, "refused": [], "elsewhere": []})

    timer = threading.Timer(task["patienceMs"] / 1000, tell)
    timer.daemon = True
    timer.start()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        task = json.load(file)
    watch_network(task)
    try:
        result = load(task)
    except BaseException as error:
        result = failure(error, task)
    finish(task, result)


def finish(task, result):
    result["trusted"] = list(TRUSTED.values())
    with open(task["result"], "w", encoding="utf-8") as file:
        json.dump(result, file)
    sys.stdout.flush()
    # Threads of the module must not keep the process alive.
    os._exit(0)


main()
