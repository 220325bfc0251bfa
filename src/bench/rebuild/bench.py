"""What the scripts of this folder share: where things are, how a run is measured, what tools made."""

import atexit
import contextlib
import dataclasses
import json
import os
import pathlib
import platform
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(
    os.environ.get("BENCH_CACHE")
    or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "wheel-mirror-bench"
).absolute()
FILES = CACHE / "files"  # every file that was downloaded, once
INDEX = CACHE / "index"  # what `serve` serves
PREPARED = CACHE / "prepared.json"  # what `prepare` found
TOOLS = CACHE / "tools"  # an environment for each peer
WORK = pathlib.Path(os.environ.get("BENCH_WORK") or CACHE / "work").absolute()
OLD = WORK / ".old"
PLUGIN_HOME = pathlib.Path(os.environ.get("PLUGIN_HOME") or HERE.parents[2]).absolute()
PYTHON = os.environ.get("BENCH_PYTHON", "3.11")
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
# the sdists of XStatic import pkg_resources, which newer ones have no more
BUILD_CONSTRAINT = os.environ.get("BENCH_BUILD_CONSTRAINT", "setuptools<82")
PORT = int(os.environ.get("BENCH_PORT", "18745"))
JOBS = os.cpu_count() or 1


def interpreter(version):
    """The program of a Python, no shim; None if it is not here."""
    installed = sorted((pathlib.Path.home() / ".pyenv/versions").glob(version + ".*/bin/python" + version))
    program = str(installed[-1]) if installed else shutil.which("python" + version)
    if program is None:
        return None
    ask = [program, "-c", "import sys; print(sys.executable)"]
    answer = subprocess.run(ask, capture_output=True, text=True)
    return answer.stdout.strip() if answer.returncode == 0 else None


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pin_of(line):
    """("oslo.log", "8.3.0") for a line of constraints, the name in the form of PEP 503."""
    name, version = line.split("===")
    return normalized(name), version


def sample(projects=0):
    """The lines of each branch; of so many projects, evenly chosen, if it shall be fewer than all."""
    branches = json.loads((HERE / "sample.json").read_text())
    names = sorted({pin_of(line)[0] for lines in branches.values() for line in lines})
    if projects and projects < len(names):
        chosen = {names[i * len(names) // projects] for i in range(projects)}
        branches = {b: [one for one in lines if pin_of(one)[0] in chosen] for b, lines in branches.items()}
    return branches


def pins_of(branches):
    return sorted({pin_of(line) for lines in branches.values() for line in lines})


def buildable(branches):
    """The same without what has no sdist, which nobody can build."""
    lacking = {tuple(pin) for pin in json.loads(PREPARED.read_text())["without_sdist"]}
    return {b: [one for one in lines if pin_of(one) not in lacking] for b, lines in branches.items()}


def sdists_of(pins):
    names = {(normalized(name), version): file for name, version, file in json.loads(PREPARED.read_text())["sdists"]}
    return [FILES / names[pin] for pin in pins]


def constraints_repository(folder, branches):
    """A Git repository that has these lines in upper-constraints.txt of its branches; can be called again."""
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "bench"), ("EMAIL", "bench@example.org"), ("DATE", "2026-01-01T00:00:00Z"))}
    environment = {**os.environ, **who, "GIT_DIR": str(folder)}

    def git(*arguments, text=None):
        done = subprocess.run(["git", *arguments], input=text, env=environment, text=True, capture_output=True)
        if done.returncode:
            raise SystemExit(f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    if not folder.exists():
        git("init", "--quiet", "--bare", "--initial-branch=master", str(folder))
    for branch, lines in branches.items():
        blob = git("hash-object", "-w", "--stdin", text="".join(one + "\n" for one in lines))
        tree = git("mktree", text=f"100644 blob {blob}\tupper-constraints.txt\n")
        git("update-ref", f"refs/heads/{branch}", git("commit-tree", tree, "-m", "constraints"))
    return folder


@dataclasses.dataclass
class Run:
    """How one program ran, with all that it started."""

    wall: float
    cpu: float  # seconds that all processors were busy meanwhile: what is killed in the end is in no rusage
    peak: int  # bytes, of the largest of its processes
    code: int


def busy_seconds():
    """Of all processors since the machine started."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, softirq = map(int, file.readline().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def measured(command, folder, environment, log):
    """Runs a program to its end; everything it prints goes to a file."""
    with open(log, "w") as output:
        began, busy = time.monotonic(), busy_seconds()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        wall, busy = time.monotonic() - began, busy_seconds() - busy
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, busy, usage.ru_maxrss * 1024, process.returncode)


def clean_environment(folder, index, plugin):
    """For a peer: no settings of this user, caches in its own folder, nothing reached but the local index."""
    kept = {k: v for k, v in os.environ.items() if not re.match(r"(?i)(PIP|UV|PYTHON|VIRTUAL|BENCH)_?|.*_proxy$", k)}
    nowhere = "http://127.0.0.1:9"
    if os.environ.get("BENCH_CONSTRAIN_PEERS"):
        constraint = folder / "build-constraint.txt"
        constraint.write_text(BUILD_CONSTRAINT + "\n")
        kept.update(PIP_BUILD_CONSTRAINT=str(constraint), UV_BUILD_CONSTRAINT=str(constraint))
    return {
        **kept,
        "PATH": f"{TOOLS / 'path'}:{os.environ['PATH']}",
        "BENCH_INDEX": index,
        "BENCH_TOOLS": str(TOOLS),
        "BENCH_JOBS": str(JOBS),
        "BENCH_PYTHON": interpreter(PYTHON),
        "BENCH_MAVEN": " ".join(plugin.command()),
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": index,
        "PIP_CACHE_DIR": str(folder / "cache/pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_NO_CONFIG": "1",
        "UV_DEFAULT_INDEX": index,
        "UV_CACHE_DIR": str(folder / "cache/uv"),
        "UV_PYTHON_DOWNLOADS": "never",
        "https_proxy": nowhere,
        "http_proxy": nowhere,
        "no_proxy": "127.0.0.1",
    }


def empty(folder, keep=()):
    """Leaves nothing in a folder but the paths to keep.

    What was there goes when all is measured: some file systems are slow where much was deleted just before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for entry in folder.iterdir():
        name = entry.name
        inner = [path[len(name) + 1:] for path in keep if path.startswith(name + "/")]
        if inner:
            empty(entry, inner)
        elif name not in keep:
            OLD.mkdir(exist_ok=True)
            entry.rename(tempfile.mkdtemp(dir=OLD) + "/" + name)


@atexit.register
def delete_old():
    shutil.rmtree(OLD, ignore_errors=True)


def wheels_in(folder):
    """The wheels anywhere below a folder by pin, and names that are there twice."""
    found, twice = {}, []
    for path in sorted(folder.rglob("*.whl")):
        name, version = path.name.split("-")[:2]
        pin = normalized(name), version
        if pin in found:
            twice.append(path.name)
        found[pin] = path
    return found, twice


def extensions(wheel):
    """The compiled modules in a wheel, without the suffix that names the interpreter."""
    with zipfile.ZipFile(wheel) as archive:
        return sorted(re.sub(r"(\.cpython-[^/]*|\.abi3)?\.so$", "", n) for n in archive.namelist() if n.endswith(".so"))


@contextlib.contextmanager
def index_server():
    """The local index for as long as the block runs."""
    server = subprocess.Popen([sys.executable, HERE / "serve", str(PORT)], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        if not url:
            raise SystemExit("the local index does not start; is another one running? BENCH_PORT names another port")
        yield url
    finally:
        server.terminate()
        server.wait()


class Plugin:
    """The plugin of PLUGIN_HOME, in a Maven repository of its own that is filled from the user's."""

    def __init__(self):
        self.maven = os.environ.get("MVN", "mvn")
        self.folder = CACHE / "plugins" / re.sub(r"\W+", "-", str(PLUGIN_HOME)).strip("-")
        self.settings = self.folder / "settings.xml"
        self.version = re.search(r"^  <version>(.*)</version>", (PLUGIN_HOME / "pom.xml").read_text(), re.M).group(1)

    def install(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        ask = [self.maven, "-B", "-q", "-Dstyle.color=never", "help:evaluate",
               "-Dexpression=settings.localRepository", "-DforceStdout"]
        said = subprocess.run(ask, cwd=PLUGIN_HOME, capture_output=True, text=True).stdout
        local = re.search(r"^/.*", said, re.M)
        user = local.group(0) if local else str(pathlib.Path.home() / ".m2/repository")
        text = (PLUGIN_HOME / "it/settings.xml").read_text()
        self.settings.write_text(text.replace("@localRepositoryUrl@", "file://" + user))
        install = [*self.command(), "-ntp", "-q", "-DskipTests", "-Dinvoker.skip", "install"]
        subprocess.run(install, cwd=PLUGIN_HOME, check=True)
        # what it needs at run time too, so that no measured run fetches it
        self.pom(self.folder / "help", "")
        subprocess.run([*self.command(), "-ntp", "-q", "wheel-mirror:help"], cwd=self.folder / "help", check=True)

    def command(self):
        """Maven as it is measured; not -o, with which the plugin would not ask the index either."""
        return [self.maven, "-B", "-nsu", "-s", str(self.settings), f"-Dmaven.repo.local={self.folder / 'repository'}"]

    @classmethod
    def ready(cls, install=True):
        plugin = cls()
        if install:
            plugin.install()
        return plugin

    def project(self, folder, index, mode, pythons):
        """A project below a work folder, with the constraints and the cache that are there."""
        programs = ",".join(interpreter(python) for python in pythons)
        self.pom(folder / "project", f"""<constraints>{folder / "constraints.git"}</constraints>
      <pythons>{programs}</pythons>
      <index>{index}</index>
      <upstreamWheels>{mode}</upstreamWheels>
      <cacheDirectory>{folder / "cache"}</cacheDirectory>
      <buildConstraints><buildConstraint>{BUILD_CONSTRAINT.replace("<", "&lt;")}</buildConstraint></buildConstraints>""")

    def pom(self, folder, configuration):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pom.xml").write_text(f"""<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId>
  <artifactId>bench</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>io.github.wheelmirror</groupId>
    <artifactId>wheel-mirror-maven-plugin</artifactId>
    <version>{self.version}</version>
    <configuration>
      {configuration}
    </configuration>
  </plugin></plugins></build>
</project>
""")

def failures(report):
    """{(pin, target): why} of a build-report.json."""
    failed = {}
    for pin in json.loads(report.read_text())["pins"]:
        for state in pin["states"]:
            outcome = state["outcome"]
            if "failureClass" in outcome:
                failed[pin["pin"], state["target"]] = outcome
    return failed


def machine():
    model = re.search(r"^model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{JOBS} cores of {model.group(1) if model else platform.machine()}, {memory:.0f} GiB, " \
           f"{platform.system()} {platform.release()}"


def table(heads, rows):
    """A Markdown table; columns of numbers to the right."""
    def line(cells):
        return "| " + " | ".join(str(cell) for cell in cells) + " |"
    rule = ["---" if i == 0 else "---:" for i in range(len(heads))]
    return "\n".join([line(heads), line(rule), *map(line, rows)])
