import io.github.wheelmirror.it.Maven

def repository = context.scenario.repository()
repository.branch('stable/2025.1', 'six===1.16.0\nsix===1.17.0\n')
repository.branch('stable/2024.2', 'requests>=2\n')
repository.branch('master', 'six===1.17.0\niso8601===2.1.0\n')
def run = Maven.of(binding.variables).run('deploy')
assert run.exit() != 0
run.refusal('2 branches are held; everything else is released', 'now serves')
run.says('held stable/2024.2: release 1 of', 'has nothing of it, so it is left out',
    'held stable/2025.1: 1 pin of release 1', '(release 2)', 'stable/2025.1: the branch is held: its last good pins are carried over',
    'six===1.16.0, upper-constraints.txt:2: six===1.17.0 contradict each other',
    'requests>=2: a range, not one exact version', '<nonPins>report</nonPins>')
def mirror = new File(basedir, 'mirror')
def constraints = new File(mirror, new File(mirror, 'channels').list()[0] + '/constraints')
assert new File(constraints, 'master.txt').text == 'six===1.17.0\niso8601===2.1.0\n'
assert new File(constraints, 'stable').list() == ['2025.1.txt']
assert new File(constraints, 'stable/2025.1.txt').text == 'six===1.16.0\n'
return true
