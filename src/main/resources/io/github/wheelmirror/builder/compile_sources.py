"""Tries to compile an installed project's sources in memory: compile_sources.py ENVIRONMENT RECORD

RECORD is the installed list of files (recording installed projects), whose `.py` files inside the
folder ENVIRONMENT are compiled from their bytes, as an import does, so that a coding cookie or mark
of the byte order counts (PEP 263). Prints one JSON object: {"compiled": N, "failed": N, "skipped": N,
"files": [PATH, ...], "line": N, "error": NAME, "message": TEXT}, the first of the files that failed, as
RECORD has them, and of the very first one the line (0 if none is known), the exception's class and
words. Skipped is what is too large, came too late or is no file. On standard error is a line `at PATH`
for each file in its turn, so that the last one is known where the interpreter dies of it. Nothing is written and nothing of
the sources is run, if Python is told to run no `.pth` file (-S). Runs on CPython 3.6 and later on Linux.
"""
import csv
import json
import os
import resource
import stat
import sys
import time
import warnings

MOST_FILES = 20000
MOST_BYTES = 2 << 20
MOST_SECONDS = 45
MOST_NAMED = 20
MOST_NAME = 1000
MOST_TOLD = 150
MOST_WORDS = 2000
MOST_MEMORY = 4 << 30


def limit(kind, most):
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def sources(environment, record):
    """Paths as RECORD has them, sorted, with those to open."""
    inside = os.path.realpath(environment) + os.sep
    base = os.path.dirname(os.path.dirname(record))
    found = {}
    with open(record, encoding="utf-8", errors="surrogateescape", newline="") as lines:
        for fields in csv.reader(lines):
            if fields and fields[0].endswith(".py"):
                path = os.path.realpath(os.path.join(base, fields[0]))
                if path.startswith(inside):
                    found[fields[0]] = path
    return sorted(found.items())


def failure(path):
    """Why it cannot be compiled, None if it can be or is not looked at."""
    with open(path, "rb") as file:
        source = file.read(MOST_BYTES)
    try:
        # no path: it is the caller's to show it
        compile(source, "<source>", "exec", dont_inherit=True)
    except Exception as problem:
        return problem
    return None


def words(problem):
    try:
        return str(getattr(problem, "msg", None) or problem)[:MOST_WORDS]
    except Exception:
        return "an exception without words"


def fits(path):
    try:
        facts = os.stat(path)
    except OSError:
        return False
    return stat.S_ISREG(facts.st_mode) and facts.st_size <= MOST_BYTES


def main():
    start = time.monotonic()
    warnings.simplefilter("ignore")
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_DATA, MOST_MEMORY)
    told = {"compiled": 0, "failed": 0, "skipped": 0, "files": [], "line": 0, "error": "", "message": ""}
    for count, (name, path) in enumerate(sources(sys.argv[1], sys.argv[2])):
        if count >= MOST_FILES or time.monotonic() - start > MOST_SECONDS or not fits(path):
            told["skipped"] += 1
            continue
        os.write(2, b"at " + ascii(name)[1:-1][:MOST_TOLD].encode() + b"\n")
        problem = failure(path)
        if problem is None:
            told["compiled"] += 1
            continue
        told["failed"] += 1
        if told["failed"] == 1:
            told["line"] = getattr(problem, "lineno", None) or 0
            told["error"] = type(problem).__name__
            told["message"] = words(problem)
        if told["failed"] <= MOST_NAMED:
            told["files"].append(name[:MOST_NAME])
    os.write(1, json.dumps(told).encode())


main()
