"""Peers side by side: each repetition runs all of them, wheels are checked, medians are shown."""

import json
import re
import statistics
import subprocess
import sys

import bench


class Peer:
    """One way to make wheels of the pins of some branches.

    name; shown (its row's head, with {jobs} and {version}); command; wheels (the folder below the
    work folder where they end up); keep (what stays there from run to run, for warm ones); mode
    (of the plugin: rebuild or mirror).
    """

    def __init__(self, name, shown, *command, wheels="wheels", keep=(), mode="rebuild"):
        self.name, self.shown, self.wheels, self.keep, self.mode = name, shown, wheels, keep, mode
        self.command = [bench.HERE / "peers" / command[0], *command[1:]]

    def run(self, index, branches, plugin):
        """Once, with nothing but what is kept; runs before if that is not there yet."""
        folder = bench.WORK / self.name
        for _ in range(1 if all((folder / path).exists() for path in self.keep) else 2):
            bench.empty(folder, self.keep)
            bench.constraints_repository(folder / "constraints.git", branches)
            (folder / "sdists").mkdir()
            for sdist in bench.sdists_of(bench.pins_of(branches)):
                (folder / "sdists" / sdist.name).symlink_to(sdist)
            plugin.project(folder, index, self.mode, [bench.PYTHON])
            run = bench.measured(self.command, folder, bench.clean_environment(folder, index, plugin), folder / "run.log")
        return folder, run

    def title(self):
        version = ""
        if "{version}" in self.shown:
            version = version_of(bench.TOOLS / self.command[1] / "bin/fromager", "--version").split()[-1]
        return self.shown.format(jobs=bench.JOBS, version=version)


def checked(peer, folder, pins, reference):
    """What a run made, compared with the wheels of another one: {"wheels": n, "failed": [...], "wrong": [...]}."""
    found, twice = bench.wheels_in(folder / peer.wheels)
    wrong = [f"{name} is there twice" for name in twice]
    wrong += [f"nobody asked for {found[pin].name}" for pin in found if pin not in pins]
    for pin in found.keys() & reference.keys():
        ours, theirs = bench.extensions(found[pin]), reference[pin]
        if ours != theirs:
            wrong.append(f"{found[pin].name} has the extensions {ours}, the one of uv build has {theirs}")
    failed = ["===".join(pin) for pin in pins if pin not in found]
    return {"wheels": len(found.keys() & set(pins)), "failed": failed, "wrong": wrong}


def compare(peers, repetitions, branches, view, plugin, once=()):
    """Runs and shows everything; the first peer is what the others are compared with. The peers that
    are named in `once` run in the first repetition only."""
    branches = bench.buildable(branches)
    pins = bench.pins_of(branches)
    results = {peer.name: [] for peer in peers}
    reference = {}
    with bench.index_server() as url:
        for repetition in range(repetitions):
            # the wheels of uv build are what the others' are compared with
            for peer in sorted(peers, key=lambda one: one.name != "uv-build") if repetition == 0 else peers:
                if repetition and peer.name in once:
                    continue
                folder, run = peer.run(f"{url}{view}/simple/", branches, plugin)
                result = {"wall": run.wall, "cpu": run.cpu, **checked(peer, folder, pins, reference)}
                if peer.name == "uv-build" and not reference:
                    found, _ = bench.wheels_in(folder / peer.wheels)
                    reference = {pin: bench.extensions(wheel) for pin, wheel in found.items()}
                results[peer.name].append(result)
                (folder / "result.json").write_text(json.dumps(result, indent=1))
                tell(peer, folder, len(pins), result)
    lines = sum(len(lines) for lines in branches.values())
    print(f"\n{len(pins)} distinct pins in {lines} lines of {len(branches)} branches, medians of {repetitions}\n")
    heads = ["", f"wheels of {len(pins)}", "wall s", "from–to", "CPU s", "× wall", "× CPU"]
    print(bench.table(heads, [row(peer, results[peer.name], results[peers[0].name]) for peer in peers]))
    print(f"\n{bench.machine()}\n{versions(plugin)}")
    if any(result["wrong"] for runs in results.values() for result in runs):
        raise SystemExit("some wheels are wrong, see above")


def tell(peer, folder, pins, result):
    print(f"{peer.name}: {result['wheels']} of {pins} wheels, {result['wall']:.1f} s wall, {result['cpu']:.1f} s CPU, "
          f"failed: {', '.join(result['failed']) or 'none'}", file=sys.stderr, flush=True)
    if not result["wheels"]:
        print(f"  nothing was made, see {folder / 'run.log'}", file=sys.stderr)
    for line in result["wrong"]:
        print(f"  WRONG: {line}", file=sys.stderr)


def median(results, what):
    return statistics.median(result[what] for result in results)


def row(peer, results, base):
    made = dict.fromkeys(str(n) for n in sorted(result["wheels"] for result in results))
    walls = [result["wall"] for result in results]
    return [
        peer.title() + ("" if len(results) == len(base) else f" (runs: {len(results)})"), "–".join([*made][:1] + [*made][1:][-1:]), f"{median(results, 'wall'):.1f}",
        f"{min(walls):.1f}–{max(walls):.1f}", f"{median(results, 'cpu'):.1f}",
        f"{median(results, 'wall') / median(base, 'wall'):.1f}", f"{median(results, 'cpu') / median(base, 'cpu'):.1f}"]


def version_of(program, *arguments):
    said = subprocess.run([program, *arguments], capture_output=True, text=True).stdout
    return re.sub(r"\x1b\[[0-9;]*m", "", said.strip().splitlines()[0]) if said.strip() else "?"


def versions(plugin):
    commit = version_of("git", "-C", bench.PLUGIN_HOME, "describe", "--always", "--dirty")
    tools = [version_of(bench.TOOLS / "pip/bin/pip", "--version").split(" from ")[0]]
    tools += [version_of(bench.TOOLS / "path/uv", "--version").split(" (")[0]]
    tools += [version_of(bench.interpreter(bench.PYTHON), "--version")]
    return ", ".join([f"plugin {plugin.version} at {commit}", version_of(plugin.maven, "-v"),
                      version_of("java", "--version"), *tools])
