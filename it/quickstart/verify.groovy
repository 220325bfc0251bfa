import groovy.json.JsonSlurper

def mirror = new File(basedir.parentFile, 'mirror')
def channels = new File(mirror, 'channels').listFiles()
assert channels != null && channels.length == 1
def slug = channels[0].name
def constraints = new File(mirror, "${slug}/constraints/master.txt")
assert constraints.text.contains('simplegeneric===0.8.1')
assert new JsonSlurper().parse(new File(channels[0], 'current.json')).serial >= 1
def coverage = new File(mirror, "${slug}/coverage.json").text
['mirrored', 'built', 'excluded', 'unsatisfiable', 'not-applicable'].each { assert coverage.contains("\"${it}\"") }

// paths as a person would type them from where Maven was started
def here = new File('.').canonicalFile.toPath()
def shown = { File file ->
  def path = file.toPath().toAbsolutePath().normalize()
  path.startsWith(here) ? here.relativize(path).toString() : path.toString()
}
def index = "http://127.0.0.1:8470/${slug}/simple/"
def use = "--index-url ${index} -c ${shown(constraints)} oslo.i18n debtcollector simplegeneric"
println """
The mirror is released in ${shown(mirror)}. Serve it, and install from it in another terminal:

  mvn -f ${shown(basedir)} wheel-mirror:serve
  python3 -m pip install --target target/with-pip ${use}
  uv pip install --target target/with-uv ${use}
"""
return true
