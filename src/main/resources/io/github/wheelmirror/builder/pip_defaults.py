"""Prints as JSON where the running Python's own pip looks when nothing is configured."""
import sys

# run with -c from an unknown folder: nothing may be imported from there
sys.path[:] = [entry for entry in sys.path if entry]

import json

try:
    from pip._internal.models.index import PyPI

    index = PyPI.simple_url
except ImportError:
    index = ""
print(json.dumps({"index": index, "prefix": sys.prefix}))
