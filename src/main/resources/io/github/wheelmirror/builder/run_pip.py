"""Runs a pip that is not installed in this Python: run_pip.py FOLDER ARGUMENTS...

FOLDER holds the package `pip`. Only `pip` is importable from there: with the whole folder on
sys.path, pip would take what else lies in it for installed. pip's own __pip-runner__.py does the
same, but old pips have none. Runs on CPython 3.4 and later.
"""
import runpy
import sys
from importlib.machinery import PathFinder

FOLDER = sys.argv[1]
sys.path[:] = sys.path[1:]


class PipFinder(object):
    @staticmethod
    def find_spec(fullname, path=None, target=None):
        if fullname == "pip":
            return PathFinder.find_spec(fullname, [FOLDER], target)
        return None


sys.meta_path.insert(0, PipFinder)
sys.argv[:] = ["pip"] + sys.argv[2:]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
