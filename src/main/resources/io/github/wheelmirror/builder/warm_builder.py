"""A warm builder: has a build back-end imported and forks a child for each source tree.

warm_builder.py FOLDER [--cold]

Imports what the environment has of MODULES, unless it shall stay cold, then reads jobs from standard input, one JSON object a
line, and writes events to standard output, one JSON object a line:

  {"event": "ready", "unfit": REASON}     once; REASON is empty, or why nothing may be forked from it
  {"event": "end", "id": ID, "how": HOW, "code": N, "answer": {...},
   "seconds": S, "cpu": S, "memory": BYTES, "killed": N}

HOW is exit, timeout, output, memory, processes, disk or isolation (the child could not be shut off,
nothing of the job ran). A job has the members of class Job. The end of standard input is the end of
this process and of all that it started. Only what lies in FOLDER is written to, which holds the
folders of all jobs; a job writes only to its own, and to the others that it names. Runs on CPython 3.6 and later on Linux.
"""
import sys

# what every Python has imported before anything is run
BEGINNING = frozenset(sys.modules)

# only the standard library and the environment may be imported from
sys.path[:] = sys.path[1:]

import ast
import ctypes
import errno
import gc
import importlib
import importlib.machinery
import json
import os
import re
import resource
import selectors
import signal
import threading
import time
import traceback

# linux/sched.h, sys/mount.h, linux/prctl.h
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID = 0x20000, 0x8000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MOUNT_FLAGS = {"nosuid": 2, "nodev": 4, "noexec": 8, "noatime": 1024, "nodiratime": 2048, "relatime": 1 << 21}
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER = 1, 24, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
CAPABILITY_VERSION_3 = 0x20080522

# What the children of a warm builder find imported: nothing that acts when it is imported, and always
# the same, so that no build depends on which came before. The rest of a group is wanted only where
# its first module is there.
MODULES = (
    (
        "setuptools.build_meta setuptools.dist setuptools.config.setupcfg setuptools.config.pyprojecttoml"
        " setuptools.config._validate_pyproject setuptools.compat.py310 setuptools._scripts"
        " setuptools.command.alias setuptools.command.bdist_rpm"
        " setuptools.command.bdist_wheel setuptools.command.build setuptools.command.build_clib"
        " setuptools.command.build_ext setuptools.command.build_py setuptools.command.develop"
        " setuptools.command.dist_info setuptools.command.easy_install setuptools.command.editable_wheel"
        " setuptools.command.egg_info setuptools.command.install setuptools.command.install_egg_info"
        " setuptools.command.install_lib setuptools.command.install_scripts setuptools.command.rotate"
        " setuptools.command.saveopts setuptools.command.sdist"
        " distutils.command.bdist distutils.command.bdist_rpm distutils.command.build"
        " distutils.command.build_clib"
        " distutils.command.build_ext distutils.command.build_py distutils.command.build_scripts"
        " distutils.command.install distutils.command.install_data distutils.command.install_headers"
        " distutils.command.install_lib distutils.command.install_scripts distutils.command.sdist"
        " distutils.sysconfig distutils.unixccompiler decimal pickle"
    ),
    "wheel wheel.wheelfile wheel.bdist_wheel",
    (
        "pbr pbr.core pbr.util pbr.packaging pbr.git pbr.version pbr.options pbr.extra_files"
        " pbr.find_package pbr.pbr_json pbr.hooks pbr.hooks.backwards pbr.hooks.base"
        " pbr.hooks.commands pbr.hooks.files pbr.hooks.metadata pbr.build pbr.setupcfg"
        " pbr.pyprojecttoml pbr._compat.commands pbr._compat.easy_install multiprocessing.reduction"
    ),
    (
        "setuptools_scm setuptools_scm.version setuptools_scm._config setuptools_scm._entrypoints"
        " setuptools_scm._get_version_impl setuptools_scm._integration.dump_version"
        " setuptools_scm._integration.pyproject_reading setuptools_scm._integration.setuptools"
        " setuptools_scm._integration.toml setuptools_scm._integration.version_inference"
        " setuptools_scm._file_finders.git setuptools_scm._file_finders.hg setuptools_scm.fallbacks"
    ),
    (
        "vcs_versioning vcs_versioning._backends._scm_workdir vcs_versioning._dump_version"
        " vcs_versioning._entrypoints vcs_versioning._file_finders vcs_versioning._get_version_impl"
        " vcs_versioning._pyproject_reading vcs_versioning._version_inference"
        " vcs_versioning._version_schemes._standard vcs_versioning.overrides"
    ),
    "flit_core flit_core.buildapi flit_core.wheel",
    (
        "hatchling hatchling.build hatchling.bridge.app hatchling.builders.wheel"
        " hatchling.builders.hooks.plugin.hooks hatchling.builders.hooks.plugin.interface"
        " hatchling.builders.hooks.custom hatchling.builders.hooks.version hatchling.metadata.core"
        " hatchling.metadata.plugin.hooks hatchling.metadata.plugin.interface"
        " hatchling.plugin.manager hatchling.plugin.specs hatchling.utils.context"
        " hatchling.version.core hatchling.version.source.plugin.interface"
    ),
    (
        "hatch_vcs hatch_vcs.build_hook hatch_vcs.hooks hatch_vcs.metadata_hook"
        " hatch_vcs.version_source"
    ),
    "hatch_fancy_pypi_readme hatch_fancy_pypi_readme.hooks",
    "trove_classifiers",
    (
        "poetry.core poetry.core.masonry.api poetry.core.factory poetry.core.masonry.builders.sdist"
        " poetry.core.masonry.builders.wheel"
    ),
    "pdm.backend pdm.backend.wheel pdm.backend.config pdm.backend.hooks.setuptools",
    "mesonpy",
    "scikit_build_core scikit_build_core.build scikit_build_core.build.wheel",
    "maturin",
    "tomllib",
    "tempfile",
    "zipfile",
    "email.message",
    "email.parser",
    "importlib.metadata",
)

ASK = "get_requires_for_build_wheel"
MAX_ANSWER = 1 << 20
MARK = "WHEEL_MIRROR_PROCESS"  # whoever started this finds its processes by it
POLL_SECONDS = 0.25
COLLECT_AFTER = 20000  # objects; a child lives for a fraction of a second, and has memory for some megabytes of garbage
DISK_POLL_SECONDS = 2.0
PAGE = os.sysconf("SC_PAGE_SIZE")

try:
    LIBC = ctypes.CDLL(None, use_errno=True)
except (OSError, AttributeError):
    LIBC = None


def print_failure():
    # what was printed before stands before it: the last line is taken for the symptom
    sys.stdout.flush()
    traceback.print_exc()
    sys.stderr.flush()


def call(name, *arguments):
    """A C function that says failure with -1."""
    if LIBC is None or not hasattr(LIBC, name):
        raise OSError(errno.ENOSYS, "no " + name)
    converted = [
        one.encode() if isinstance(one, str) else ctypes.c_ulong(one) if isinstance(one, int) else one
        for one in arguments
    ]
    if getattr(LIBC, name)(*converted) == -1:
        number = ctypes.get_errno()
        raise OSError(number, "%s%s: %s" % (name, arguments, os.strerror(number)))


def unescape(text):
    """A mount point as /proc/self/mounts writes it: blanks and such as octal numbers."""
    return text.encode("latin-1").decode("unicode_escape").encode("latin-1").decode("utf-8", "surrogateescape")


def writable_mounts(folder):
    """The mounts that a job must not write to, with the flags that stay: (point, flags)."""
    found = []
    with open("/proc/self/mounts", encoding="latin-1") as mounts:
        for line in mounts:
            fields = line.split(" ")
            point, options = unescape(fields[1]), fields[3].split(",")
            below_proc = point == "/proc" or point.startswith("/proc/")
            node = point.startswith("/dev/") and not os.path.isdir(point)
            if "rw" in options and not below_proc and not node:
                flags = 0
                for option in options:
                    flags |= MOUNT_FLAGS.get(option, 0)
                found.append((point, flags))
    return found


class Job:
    """What to build, and how far it may go.

    id, folder (its own), others (more folders that it may write to), source (the tree, below folder), wheels (where the wheel goes), backend
    (module:object), path (backend-path), have (requirements that the environment meets, and
    name==version of what is in it),
    environment (all variables), log (is appended to), hook (build_wheel,
    prepare_metadata_for_build_wheel, or ASK for nothing else), settings (config_settings), shortcut
    (whether requirements that can be read need not be asked for), isolate, seconds, output (bytes), memory (bytes, 0 for no
    limit), processes, disk (bytes, 0 for no limit).
    """

    def __init__(self, fields):
        self.__dict__.update(fields)
        self.pid = 0
        self.started = time.monotonic()
        self.how = "exit"
        self.written = 0
        self.answer = b""
        self.peak = 0
        self.killed = 0
        self.status = None
        self.usage = None
        self.open = 0
        self.disk_checked = self.started
        self.before = sum(map(occupied, self.others)) if self.disk else 0


class Child:
    """Runs in the forked process; never returns."""

    def __init__(self, job, out, answer, mounts):
        self.job = job
        self.out = out
        self.answer = answer
        self.mounts = mounts

    def run(self):
        code = 1
        try:
            self.become_alone()
            code = self.supervise() if self.job.isolate else self.build()
        except OSError as refusal:
            self.say({"isolation": str(refusal)})
            code = 125
        except BaseException:
            print_failure()
        finally:
            self.end(code)

    @staticmethod
    def end(code):
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except Exception:
            pass
        os._exit(code)

    def become_alone(self):
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        self.end_with_parent()
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(self.out, 1)
        os.dup2(self.out, 2)
        self.answer = os.dup(self.answer)
        for name in os.listdir("/proc/self/fd"):
            if int(name) > 2 and int(name) != self.answer:
                try:
                    os.close(int(name))
                except OSError:
                    pass  # the one that listed them
        os.set_inheritable(self.answer, False)

    def end_with_parent(self):
        """However that ends: without name spaces nothing else ends the child of a killed builder."""
        try:
            call("prctl", PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        except OSError:
            if self.job.isolate:
                raise

    def say(self, content):
        try:
            os.write(self.answer, json.dumps(content).encode()[:MAX_ANSWER])
        except OSError:
            pass

    def supervise(self):
        """In name spaces of its own; the first process of one ends all others with it."""
        call("unshare", CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC)
        self.shut_off()
        first = os.fork()
        if first == 0:
            try:
                call("prctl", PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
                call("mount", "proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, None)
                cover_kernel()
                drop_capabilities()
            except OSError as refusal:
                self.say({"isolation": str(refusal)})
                self.end(125)
            self.end(self.reap())
        return exit_code(os.waitpid(first, 0)[1])

    def shut_off(self):
        folder = self.job.folder
        call("mount", None, "/", None, MS_REC | MS_PRIVATE, None)
        for own in [folder] + self.job.others:
            call("mount", own, own, None, MS_BIND, None)
        for point, flags in self.mounts:
            try:
                call("mount", None, point, None, MS_REMOUNT | MS_BIND | MS_RDONLY | flags, None)
            except OSError as refusal:
                # no mount point: a later mount covers it, and that one is in the list too
                if refusal.errno != errno.EINVAL or not self.covered(point):
                    raise
        if os.path.isdir("/dev/shm"):
            call("mount", "tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "size=256m")

    @staticmethod
    def covered(point):
        above = os.path.dirname(point)
        return not os.path.exists(point) or os.stat(point).st_dev == os.stat(above).st_dev

    def reap(self):
        """The work of the first process: waits for the builder and for whatever is left to it."""
        builder = os.fork()
        if builder == 0:
            code = 1
            try:
                code = self.build()
            except BaseException:
                print_failure()
            finally:
                self.end(code)
        os.close(self.answer)
        while True:
            pid, status = os.waitpid(-1, 0)
            if pid == builder:
                return exit_code(status)

    def build(self):
        job = self.job
        limit()
        for kind, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, job.disk),
            (resource.RLIMIT_DATA, job.memory),
        ):
            if most or kind == resource.RLIMIT_CORE:
                hard = resource.getrlimit(kind)[1]
                most = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(kind, (most, most))
        os.umask(0o022)
        os.chdir(job.source)
        mark = {name: os.environ[name] for name in (MARK,) if name in os.environ}
        os.environ.clear()
        os.environ.update(job.environment)
        os.environ.update(mark)
        # what the interpreter took from the environment when it started
        time.tzset()
        import tempfile

        tempfile.tempdir = None
        del sys.argv[1:]
        sys.stdin = open(0, closefd=False)
        declared = None
        try:
            backend = load(job.backend, job.path)
            if job.shortcut and job.hook != ASK:
                declared = declared_requires(job)
            wanted = self.requires(backend) if declared is None else declared
            missing = [one for one in wanted if not is_there(one, job)]
            if missing or job.hook == ASK:
                self.say({"requires": missing})
                return 0
            made = getattr(backend, job.hook, None)
            if made is None:
                self.say({"absent": True})
                return 0
            if job.hook == "build_wheel":
                name = made(job.wheels, job.settings, None)
            else:
                name = made(job.wheels, job.settings)
            sys.stdout.flush()
            self.say({"made": str(name), "computed": computes_metadata(job.source)})
            return 0
        except BaseException as failure:
            self.say({"declared": declared is not None})
            if not isinstance(failure, SystemExit):
                print_failure()
                return 1
            code = failure.code
            if code is None or isinstance(code, int):
                return (code or 0) & 0xFF or (1 if code else 0)
            sys.stderr.write("%s\n" % (code,))
            return 1

    def requires(self, backend):
        """What get_requires_for_build_wheel says, in a fork: PEP 517 wants a fresh process a hook."""
        hook = getattr(backend, "get_requires_for_build_wheel", None)
        if hook is None:
            return []
        sys.stdout.flush()
        inlet, outlet = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.close(inlet)
                self.end_with_parent()
                text = json.dumps([str(one) for one in hook(self.job.settings)])
                with os.fdopen(outlet, "w") as file:
                    file.write(text)
                code = 0
            except SystemExit as end:
                sys.stderr.write("get_requires_for_build_wheel exited: %s\n" % (end,))
            except BaseException:
                print_failure()
            finally:
                self.end(code)
        os.close(outlet)
        with os.fdopen(inlet) as file:
            text = file.read(MAX_ANSWER)
        status = os.waitpid(child, 0)[1]
        if status != 0:
            sys.stderr.write("get_requires_for_build_wheel failed\n")
            # whoever was killed in there was killed as the build
            sys.exit(exit_code(status) if os.WIFSIGNALED(status) else 1)
        return json.loads(text)


def limit():
    """When memory is short, the kernel shall end a build and not who watches it."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("500")
    except OSError:
        pass


def cover_kernel():
    """Root needs no capability to write the settings of the running kernel, by which it gets out of any sandbox."""
    with open("/proc/self/uid_map") as file:
        if os.geteuid() != 0 or file.read().split() != ["0", "0", "4294967295"]:
            return  # the root of a user namespace may not
    for place in ("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs"):
        if os.path.exists(place):
            flags = MS_BIND | MS_NOSUID | MS_NODEV | MS_NOEXEC
            call("mount", place, place, None, MS_BIND, None)
            call("mount", None, place, None, MS_REMOUNT | MS_RDONLY | flags, None)


def drop_capabilities():
    for capability in range(64):
        try:
            call("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
        except OSError:
            break
    try:
        call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    except OSError:
        pass
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    call("capset", ctypes.byref(header), ctypes.byref(nothing))
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def exit_code(status):
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def load(backend, folders):
    folders = [os.path.realpath(folder) for folder in folders]
    sys.path[:0] = folders
    module, _, attributes = backend.partition(":")
    forget(folders)
    importlib.invalidate_caches()
    loaded = importlib.import_module(module)
    if folders:
        home = os.path.realpath(getattr(loaded, "__file__", None) or "")
        if not any(home.startswith(folder + os.sep) for folder in folders):
            raise ImportError("%s was not loaded from backend-path" % module)
    for attribute in filter(None, attributes.split(".")):
        loaded = getattr(loaded, attribute)
    return loaded


def forget(folders):
    """Of what was imported before a tree's folders were in the path, what a new process would find there."""
    own = set()
    for folder in folders:
        for entry in os.listdir(folder):
            name = entry.partition(".")[0]
            package = os.path.join(folder, entry)
            if not os.path.isdir(package):
                module = entry.endswith(tuple(importlib.machinery.all_suffixes()))
            else:
                # a folder alone is part of a name space, which every other kind of module goes before
                module = os.path.exists(os.path.join(package, "__init__.py")) or is_name_space(name)
            if module:
                own.add(name)
    for name in [one for one in sys.modules if one.partition(".")[0] in own and one not in BEGINNING]:
        del sys.modules[name]


def is_name_space(name):
    return name in sys.modules and getattr(sys.modules[name], "__file__", None) is None


SIMPLE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\s*>=\s*([0-9]+(?:\.[0-9]+)*))?")


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def is_there(requirement, job):
    """Whether the environment has it, as far as that needs no knowledge of versions but numbers."""
    if requirement in job.have:
        return True
    simple = SIMPLE.fullmatch(requirement.strip())
    if not simple:
        return False
    name = normalized(simple.group(1))
    versions = [one.split("==", 1)[1] for one in job.have if normalized(one.split("==", 1)[0]) == name and "==" in one]
    version = versions[-1] if versions else ""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", version):
        return False
    found, least = ([int(part) for part in one.split(".")] for one in (version, simple.group(2) or "0"))
    length = max(len(found), len(least))
    return found + [0] * (length - len(found)) >= least + [0] * (length - len(least))


def setup_tree(source):
    """The syntax tree of setup.py; None if there is none, or none that this Python reads."""
    try:
        with open(os.path.join(source, "setup.py"), "rb") as file:
            return ast.parse(file.read())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


def setup_calls(tree):
    """The calls of setup(...), whatever module it is taken from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name == "setup":
                yield node


def literal(node):
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def mentions(source, name, words):
    try:
        with open(os.path.join(source, name), "rb") as file:
            text = file.read()
    except OSError:
        return 0
    return sum(text.count(word) for word in words)


def declared_requires(job):
    """What get_requires_for_build_wheel of setuptools will say, where that can be read; else None.

    It runs all of setup.py only to find setup_requires. A source that hides more from this look than
    it finds fails when it is built, and is asked then.
    """
    if job.backend not in ("setuptools.build_meta", "setuptools.build_meta:__legacy__") or job.path:
        return None
    if job.settings or mentions(job.source, "setup.cfg", (b"setup_requires", b"setup-requires")):
        return None
    if not os.path.exists(os.path.join(job.source, "setup.py")):
        return []
    named = mentions(job.source, "setup.py", (b"setup_requires", b"fetch_build_eggs"))
    if not named:
        return []
    tree = setup_tree(job.source)
    calls = list(setup_calls(tree)) if tree else []
    if named != 1 or len(calls) != 1:
        return None
    for keyword in calls[0].keywords:
        if keyword.arg == "setup_requires":
            value = literal(keyword.value)
            value = [value] if isinstance(value, str) else value
            if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
                return list(value)
    return None


# what of a wheel's metadata decides where and with what it is installed
DECIDING = ("install_requires", "extras_require", "python_requires")


def computes_metadata(source):
    """Whether setup.py may say other requirements on another Python: what decides is no literal."""
    if not os.path.exists(os.path.join(source, "setup.py")):
        return False
    tree = setup_tree(source)
    calls = list(setup_calls(tree)) if tree else []
    if len(calls) != 1:
        return True
    values = {}
    uses = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            uses.setdefault(node.id, []).append(node)
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name):
                values[target.id] = statement.value
    for keyword in calls[0].keywords:
        if keyword.arg is None or keyword.arg == "cmdclass":
            return True
        if keyword.arg in DECIDING:
            value = keyword.value
            if isinstance(value, ast.Name):
                # assigned once, used once: nothing is added to it in between
                if len(uses.get(value.id, ())) != 2 or value.id not in values:
                    return True
                value = values[value.id]
            if literal(value) is None:
                return True
    return bool(calls[0].args)


class Processes:
    """All processes that this one can see, as of one moment."""

    def __init__(self):
        self.parents = {}
        self.memory = {}
        self.sessions = {}
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                with open("/proc/%s/stat" % entry, "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:
                continue
            pid = int(entry)
            self.parents[pid] = int(fields[1])
            self.sessions[pid] = int(fields[3])
            self.memory[pid] = 0 if fields[0] in (b"Z", b"X") else int(fields[21]) * PAGE

    def below(self, root):
        children = {}
        for pid, parent in self.parents.items():
            children.setdefault(parent, []).append(pid)
        found, todo = [], [root]
        while todo:
            one = todo.pop()
            if one in self.parents:
                found.append(one)
            todo.extend(children.get(one, ()))
        return found


def occupied(folder):
    """Bytes on disk below a folder that somebody may be writing to."""
    total, todo = 0, [folder]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    try:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
                        if entry.is_dir(follow_symlinks=False):
                            todo.append(entry.path)
                    except OSError:
                        continue
        except OSError:
            continue
    return total


class Builder:
    """The loop: takes jobs, forks children, copies what they print, ends what goes too far."""

    def __init__(self, folder, out):
        self.folder = folder
        self.out = out
        self.jobs = {}
        self.selector = selectors.DefaultSelector()
        self.wake, wake = os.pipe()
        for fd in (self.wake, wake):
            os.set_blocking(fd, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(wake)
        self.selector.register(self.wake, selectors.EVENT_READ, self.woken)
        self.selector.register(0, selectors.EVENT_READ, self.asked)
        self.pending = b""
        self.ended = False
        self.polled = time.monotonic()
        self.mounts = writable_mounts(folder)
        try:
            call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        except OSError:
            pass

    def say(self, **event):
        data = json.dumps(event).encode() + b"\n"
        while data:
            data = data[os.write(self.out, data) :]

    def run(self):
        while not self.ended:
            for key, _ in self.selector.select(self.wait()):
                key.data()
            self.reap()
            if self.jobs:
                self.watch()
        for job in list(self.jobs.values()):
            self.kill(job)

    def wait(self):
        if not self.jobs:
            return None
        return max(0.0, self.polled + POLL_SECONDS - time.monotonic())

    def woken(self):
        try:
            os.read(self.wake, 4096)
        except BlockingIOError:
            pass

    def asked(self):
        data = os.read(0, 65536)
        if not data:
            self.ended = True
        self.pending += data
        *lines, self.pending = self.pending.split(b"\n")
        for line in lines:
            request = json.loads(line.decode())
            if request.get("kill"):
                job = self.jobs.get(request["kill"])
                if job:
                    self.stop(job, "killed")
            else:
                self.begin(Job(request))

    def begin(self, job):
        log = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        out, out_child = os.pipe()
        answer, answer_child = os.pipe()
        child = os.fork()
        if child == 0:
            Child(job, out_child, answer_child, self.mounts).run()
        os.close(out_child)
        os.close(answer_child)
        job.pid = child
        job.open = 2
        if not self.jobs:
            self.polled = job.started
        self.jobs[job.id] = job
        for fd in (out, answer):
            os.set_blocking(fd, False)
        self.selector.register(out, selectors.EVENT_READ, lambda: self.printed(job, out, log))
        self.selector.register(answer, selectors.EVENT_READ, lambda: self.answered(job, answer))

    def read(self, job, fd):
        try:
            data = os.read(fd, 65536)
        except BlockingIOError:
            return None
        if not data:
            self.selector.unregister(fd)
            os.close(fd)
            job.open -= 1
        return data

    def printed(self, job, fd, log):
        data = self.read(job, fd)
        if data == b"":
            os.close(log)
            self.finish(job)
        elif data:
            granted = data[: max(0, job.output - job.written)]
            job.written += len(data)
            try:
                while granted:
                    granted = granted[os.write(log, granted) :]
            except OSError as full:
                if full.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                self.stop(job, "disk")
            if job.written > job.output:
                self.stop(job, "output")

    def answered(self, job, fd):
        data = self.read(job, fd)
        if data == b"":
            self.finish(job)
        elif data:
            job.answer = (job.answer + data)[:MAX_ANSWER]

    def reap(self):
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for job in list(self.jobs.values()):
                if job.pid == pid:
                    job.status = status
                    job.usage = usage
                    self.clear(job)
                    self.finish(job)

    def clear(self, job):
        """Ends what a child without a process space of its own has left behind."""
        if job.isolate:
            return
        for _ in range(100):
            seen = Processes()
            left = [
                pid
                for pid in seen.parents
                if pid != job.pid and pid != os.getpid() and seen.memory[pid]
                # children of this process that it did not start were left to it by somebody
                and (seen.sessions[pid] == job.pid or self.stray(seen, pid))
            ]
            if not left:
                return
            job.killed += len(left)
            for pid in left:
                kill(pid)
            time.sleep(0.005)
            self.reap_strays()

    def stray(self, seen, pid):
        mine = {one.pid for one in self.jobs.values()}
        return seen.parents[pid] == os.getpid() and pid not in mine and seen.sessions[pid] not in mine

    def reap_strays(self):
        mine = {one.pid for one in self.jobs.values()}
        for pid, parent in Processes().parents.items():
            if parent == os.getpid() and pid not in mine:
                try:
                    os.waitpid(pid, os.WNOHANG)
                except OSError:
                    pass

    def finish(self, job):
        """The end of a job, when its process and its pipes have ended."""
        if job.status is None or job.open or job.id not in self.jobs:
            return
        del self.jobs[job.id]
        try:
            answer = json.loads(job.answer.decode()) if job.answer else {}
        except ValueError:
            answer = {}
        if not isinstance(answer, dict):
            answer = {}
        how = job.how
        if how == "exit" and "isolation" in answer:
            how = "isolation"
        self.say(
            event="end",
            id=job.id,
            how=how,
            code=exit_code(job.status),
            answer=answer,
            seconds=round(time.monotonic() - job.started, 3),
            cpu=round(job.usage.ru_utime + job.usage.ru_stime, 3),
            memory=max(job.peak, job.usage.ru_maxrss * 1024),
            killed=job.killed,
        )

    def stop(self, job, how):
        if job.how == "exit":
            job.how = how
            self.kill(job)

    def kill(self, job):
        if job.status is not None:
            return
        if not job.isolate:
            for pid in Processes().below(job.pid):
                kill(pid)
        kill(job.pid)

    def watch(self):
        now = time.monotonic()
        if now - self.polled < POLL_SECONDS:
            return
        self.polled = now
        seen = Processes()
        for job in list(self.jobs.values()):
            members = seen.below(job.pid)
            memory = sum(seen.memory[pid] for pid in members)
            job.peak = max(job.peak, memory)
            if now - job.started > job.seconds:
                self.stop(job, "timeout")
            elif job.memory and memory > job.memory:
                self.stop(job, "memory")
            elif len(members) > job.processes:
                self.stop(job, "processes")
            elif job.disk and now - job.disk_checked > DISK_POLL_SECONDS:
                if sum(map(occupied, [job.folder] + job.others)) - job.before > job.disk:
                    self.stop(job, "disk")
                job.disk_checked = time.monotonic()


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass


def warm_up():
    for group in MODULES:
        for module in group.split():
            try:
                importlib.import_module(module)
            except ImportError:
                if module == group.split()[0]:
                    break


def main():
    # nothing that a module prints when it is imported may be taken for an event
    out = os.dup(1)
    os.dup2(2, 1)
    # what is imported stays, so there is nothing to find
    gc.disable()
    if "--cold" not in sys.argv:
        warm_up()
    builder = Builder(sys.argv[1], out)
    unfit = "it started a thread" if threading.active_count() > 1 else ""
    if not unfit and Processes().below(os.getpid()) != [os.getpid()]:
        unfit = "it started a process"
    builder.say(event="ready", unfit=unfit)
    if unfit:
        return
    gc.collect()
    if hasattr(gc, "freeze"):
        gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    gc.enable()
    builder.run()


main()
