"""Imports one module and tells what came of it: import_module.py MODULE

Prints one JSON object on what was standard output at the start: {"error": [NAME, ...], "name": NAME,
"message": TEXT}, the exception's class and those above it (none if all went well), the module that
was not found, and the exception's words. What the module prints goes to standard error. Runs on
CPython 3.6 and later on Linux.
"""
import importlib
import json
import os
import resource
import sys

MOST_WORDS = 2000
MOST_MEMORY = 4 << 30
MOST_FILE = 1 << 30

answer = os.dup(1)
os.dup2(2, 1)


def limit(kind, most):
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def words(failure):
    try:
        return str(failure)[:MOST_WORDS]
    except BaseException:
        return "an exception without words"


limit(resource.RLIMIT_CORE, 0)
limit(resource.RLIMIT_DATA, MOST_MEMORY)
limit(resource.RLIMIT_FSIZE, MOST_FILE)
told = {"error": [], "name": "", "message": ""}
try:
    importlib.import_module(sys.argv[1])
except BaseException as failure:
    told["error"] = [one.__name__ for one in type(failure).__mro__]
    told["name"] = str(getattr(failure, "name", None) or "")
    told["message"] = words(failure)
os.write(answer, json.dumps(told).encode())
# neither threads nor what was registered for the end may hold this up
os._exit(0)
