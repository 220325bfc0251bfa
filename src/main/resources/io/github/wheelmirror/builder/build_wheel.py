"""Runs the PEP 517 hooks that make a wheel of the source tree in the current folder.

build_wheel.py ANSWER OUT BACKEND [--path FOLDER]... [--have REQUIREMENT]...

Writes to the file ANSWER, as JSON, {"requires": [...]} when the backend wants requirements that the
environment was not made with, else {"wheel": NAME} when the wheel NAME is in the folder OUT. An exit
code other than 0 is the backend's failure. Runs on CPython 3.6 and later.
"""
import importlib
import json
import os
import sys
import traceback

# only the standard library, the environment and the backend's own path may be imported from
sys.path[:] = sys.path[1:]


def parse(arguments):
    answer, out, backend = arguments[:3]
    options = {"--path": [], "--have": []}
    rest = arguments[3:]
    for name, value in zip(rest[::2], rest[1::2]):
        options[name].append(value)
    return answer, out, backend, options["--path"], options["--have"]


def load(backend, folders):
    folders = [os.path.realpath(folder) for folder in folders]
    sys.path[:0] = folders
    module, _, attributes = backend.partition(":")
    loaded = importlib.import_module(module)
    if folders:
        home = os.path.realpath(getattr(loaded, "__file__", None) or "")
        if not any(home.startswith(folder + os.sep) for folder in folders):
            raise ImportError("%s was not loaded from backend-path" % module)
    for attribute in filter(None, attributes.split(".")):
        loaded = getattr(loaded, attribute)
    return loaded


def save(answer, content):
    with open(answer + ".new", "w") as file:
        json.dump(content, file)
    os.rename(answer + ".new", answer)


def requires(backend, answer):
    """What get_requires_for_build_wheel says.

    PEP 517: each hook in a fresh process. A fork is one, and the backend is imported only once.
    """
    hook = getattr(backend, "get_requires_for_build_wheel", None)
    if hook is None:
        return []
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            save(answer, {"requires": [str(one) for one in hook(None)]})
            code = 0
        except SystemExit as end:
            sys.stderr.write("get_requires_for_build_wheel exited: %s\n" % (end,))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    if status != 0:
        sys.exit("get_requires_for_build_wheel failed")
    with open(answer) as file:
        return json.load(file)["requires"]


def main():
    answer, out, name, folders, have = parse(sys.argv[1:])
    del sys.argv[1:]
    backend = load(name, folders)
    missing = [one for one in requires(backend, answer) if one not in have]
    if missing:
        save(answer, {"requires": missing})
        return
    wheel = backend.build_wheel(out, None, None)
    sys.stdout.flush()
    save(answer, {"wheel": str(wheel)})


main()
