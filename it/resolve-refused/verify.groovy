import io.github.wheelmirror.it.Maven

def maven = Maven.of(binding.variables).keeping('target/wheel-mirror')
def refuses = { String parameter, String value, String... words ->
  maven.refuses(['wheel-mirror:resolve', "-Dwheel-mirror.${parameter}=${value}".toString()], words)
}
def url = context.scenario.index().url()

refuses('constraints', '', 'there are no constraints to mirror')
refuses('constraints', "${basedir}/no-such.git", 'no-such.git')
refuses('constraints', 'http://127.0.0.1:1/requirements', '127.0.0.1:1/requirements')
refuses('constraints', "${url}requirements", 'constraintsServerId')
refuses('constraints', 'https://me:s3cret@git.example.org/requirements', 'constraintsServerId').saysNot('s3cret')
maven.refuses(['wheel-mirror:resolve', "-Dwheel-mirror.constraints=${url}requirements".toString(),
    '-Dwheel-mirror.constraintsServerId=it-wrong'], 'it-wrong').saysNot('wr0ng')
refuses('constraintsServerId', 'nobody', 'settings.xml has no server with this id')
refuses('branches', 'master,stable/2052.1', 'no branch matches stable/2052.1', '<retired>')
refuses('pythons', '3.99', '3.99')
refuses('pythons', 'three', 'three')
refuses('nonPins', 'ignore', 'write one of error, report')
refuses('downloads', '0', '<downloads> is 0')
refuses('targetFiles', 'pom.xml', 'pom.xml')
return true
