import io.github.wheelmirror.it.Maven

def scenario = context.scenario
def index = scenario.index()
def maven = Maven.of(binding.variables)
def blocked = 'the last release serves it, this one would not'

index.answers('/simple/six/', 200, 'text/html', '<html><body><h1>Log in</h1></body></html>')
maven.refuses(['deploy'], 'a channel cannot be released',
    "six===1.17.0 for master", "six===1.17.0 for stable/2025.1", blocked, 'or exclude it with a reason')
index.answers('/simple/six/', 404, 'text/html', 'gone')
maven.refuses(['deploy'], 'six===1.17.0 for master', blocked)
index.heals('/simple/six/')

scenario.repository().removeBranch('stable/2025.1')
maven.refuses(['deploy'], 'stable/2025.1: the last release serves this branch, and now there is none',
    '<retired>stable/2025.1</retired>')
maven.succeeds(['deploy', '-Dwheel-mirror.retired=stable/2025.1'], '(release 2)')
def mirror = new File(basedir, 'mirror')
def slug = new File(mirror, 'channels').list()[0]
assert !new File(mirror, "${slug}/constraints/stable/2025.1.txt").exists()
assert new File(mirror, "${slug}/constraints/master.txt").text.contains('six===1.17.0')
return true
