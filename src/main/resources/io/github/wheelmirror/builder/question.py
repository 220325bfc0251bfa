"""What comes before each question to a Python."""
import sys

# run with -c from an unknown folder: nothing may be imported from there
sys.path[:] = [entry for entry in sys.path if entry]

import glob
import json
import os
import sysconfig


def witnesses():
    """The files and folders that the answer came from: it holds for as long as they do not change."""
    files = {sys.executable, "/etc/os-release", "/usr/lib/os-release"}
    files.update(os.path.join(prefix, "pyvenv.cfg") for prefix in (sys.prefix, os.path.dirname(sys.executable)))
    files.update(getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
    files.add(sysconfig.get_paths()["stdlib"])
    for entry in sys.path:
        files.add(entry)
        files.update(glob.glob(os.path.join(entry, "*.pth")))
    try:
        with open("/proc/self/maps") as maps:
            files.update(line.split(None, 5)[-1].strip() for line in maps if "/" in line)
    except (IOError, OSError):
        pass
    return sorted(name for name in files if os.path.isabs(name))
