"""Prints as JSON what the running Python is: the facts that decide which wheels it takes.

Runs on CPython 2.7 and 3.x with the standard library alone, after question.py.
"""
import platform
import re
import struct
import subprocess

COMPILERS = ("CC", "CXX", "LDSHARED", "LDCXXSHARED")


def full_version(info):
    version = "%d.%d.%d" % tuple(info[:3])
    if info[3] != "final":
        version += info[3][0] + str(info[4])
    return version


def markers():
    """The environment markers of PEP 508, without extra."""
    implementation = getattr(sys, "implementation", None)
    return {
        "implementation_name": implementation.name if implementation else "",
        "implementation_version": full_version(implementation.version) if implementation else "0",
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def libc():
    """Name and version: glibc says its own, musl's loader prints it."""
    try:
        name, version = os.confstr("CS_GNU_LIBC_VERSION").split()
        return name, version
    except (AttributeError, OSError, ValueError):
        pass
    for loader in sorted(glob.glob("/lib/ld-musl-*.so.1")):
        run = subprocess.Popen([loader], stderr=subprocess.PIPE)
        text = run.communicate()[1].decode("utf-8", "replace")
        found = re.search(r"^Version (\d+\.\d+)", text, re.MULTILINE)
        if found:
            return "musl", found.group(1)
    return "", ""


def os_release():
    values = {}
    for name in ("/etc/os-release", "/usr/lib/os-release"):
        if os.path.exists(name):
            with open(name, "rb") as file:
                for line in file.read().decode("utf-8", "replace").splitlines():
                    key, equals, value = line.strip().partition("=")
                    if equals and not key.startswith("#"):
                        values[key] = value.strip("\"'")
            break
    return values


def pip():
    """Version and the folder that holds the package; not imported, it is slow."""
    for entry in sys.path:
        init = os.path.join(entry, "pip", "__init__.py")
        if os.path.isfile(init):
            with open(init, "rb") as file:
                text = file.read().decode("utf-8", "replace")
            found = re.search(r"^__version__\s*(?::\s*\w+)?\s*=\s*['\"]([^'\"]+)", text, re.MULTILINE)
            if found:
                return found.group(1), os.path.abspath(entry)
    return "", ""


def manylinux_module():
    for entry in sys.path:
        if glob.glob(os.path.join(entry, "_manylinux.*")) or os.path.isdir(os.path.join(entry, "_manylinux")):
            return True
    return False


def base_executable():
    """The Python that a virtual environment was made from; itself when it is none."""
    if sys.prefix == getattr(sys, "base_prefix", sys.prefix):
        return sys.executable
    version = "%d.%d" % sys.version_info[:2]
    candidates = [
        getattr(sys, "_base_executable", "") or "",
        os.path.join(sys.base_prefix, "bin", "python" + version),
        os.path.realpath(sys.executable),
    ]
    for candidate in candidates:
        if candidate and candidate != sys.executable and os.path.isfile(candidate):
            return candidate
    return sys.executable


def main():
    variables = sysconfig.get_config_vars()
    library = sysconfig.get_paths()["stdlib"]
    release = os_release()
    libc_name, libc_version = libc()
    pip_version, pip_folder = pip()
    pip_files = [os.path.join(pip_folder, "pip", "__init__.py")] if pip_folder else []
    facts = {
        "markers": markers(),
        "version_info": list(sys.version_info),
        "executable": sys.executable,
        "base_executable": base_executable(),
        "soabi": variables.get("SOABI") or "",
        "ext_suffix": variables.get("EXT_SUFFIX") or "",
        "debug": bool(variables.get("Py_DEBUG")) or hasattr(sys, "gettotalrefcount"),
        "free_threaded": bool(variables.get("Py_GIL_DISABLED")),
        "pymalloc": bool(variables.get("WITH_PYMALLOC", True)),
        "wide_unicode": sys.maxunicode == 0x10FFFF,
        "pointer_bits": struct.calcsize("P") * 8,
        "platform": sysconfig.get_platform(),
        "libc_name": libc_name,
        "libc_version": libc_version,
        "manylinux_module": manylinux_module(),
        "os_id": release.get("ID", ""),
        "os_version": release.get("VERSION_ID", "") or release.get("VERSION_CODENAME", ""),
        "compilers": {name: variables[name] for name in COMPILERS if variables.get(name)},
        "pip_version": pip_version,
        "pip_folder": pip_folder,
        "has_venv": os.path.isfile(os.path.join(library, "venv", "__init__.py")),
        "has_ensurepip": os.path.isfile(os.path.join(library, "ensurepip", "__init__.py")),
        "externally_managed": os.path.isfile(os.path.join(library, "EXTERNALLY-MANAGED")),
        "witnesses": witnesses() + pip_files,
    }
    sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")


main()
