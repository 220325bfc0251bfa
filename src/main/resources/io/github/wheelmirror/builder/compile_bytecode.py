"""Compiles modules of installed wheels to bytecode (PEP 3147, 552): compile_bytecode.py ORDERS PACKAGES

ORDERS is a file of JSON, a list of objects with the members `archive` and `sources`: the bytecode of
these sources, paths below the folder PACKAGES, is written beside them and into the archive, a ZIP
file that need not be there. It is valid wherever the same source is, whatever the file's time. What
does not compile on this Python is left out. Nothing of the sources is run. CPython 3.8 and later.
"""
import json
import os
import sys
import warnings
import zipfile
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from marshal import dumps

UNCHECKED = (1).to_bytes(4, "little")


def compiled(path):
    """The content of the file of bytecode, None if there can be none."""
    try:
        with open(path, "rb") as file:
            source = file.read()
        code = compile(source, path, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return MAGIC_NUMBER + UNCHECKED + source_hash(source) + dumps(code)


def main():
    packages = sys.argv[2]
    warnings.simplefilter("ignore")
    with open(sys.argv[1], encoding="utf-8") as file:
        orders = json.load(file)
    for order in orders:
        with zipfile.ZipFile(order["archive"], "w") as archive:
            for source in order["sources"]:
                content = compiled(os.path.join(packages, source))
                if content is None:
                    continue
                name = cache_from_source(source)
                path = os.path.join(packages, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(content)
                archive.writestr(zipfile.ZipInfo(name), content)


main()
