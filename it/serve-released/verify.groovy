import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import java.util.concurrent.TimeUnit

def maven = Maven.of(binding.variables)
maven.refuses(['wheel-mirror:serve', "-Dwheel-mirror.region=${basedir}/absent".toString()],
    'absent cannot be served', 'there is no such folder', 'run mvn wheel-mirror:deploy first')
['-Dwheel-mirror.serve.staged=true', '-Dwheel-mirror.serve.staged=false'].each { staged ->
  def log = new File(basedir, "serve${staged.hashCode()}.log")
  def process = maven.start(log.toPath(), ['wheel-mirror:serve', '-Dwheel-mirror.serve.port=0', staged])
  try {
    def simple = null
    def end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
    while (simple == null && process.alive && System.nanoTime() < end) {
      def matcher = log.text =~ /pip install --index-url (http:\S+\/simple\/) PROJECT/
      simple = matcher.find() ? matcher.group(1) : null
      sleep(100)
    }
    assert simple != null : log.text
    assert simple.startsWith('http://127.0.0.1:')
    assert new URL("${simple}six/").text.contains('six-1.17.0-py3-none-any.whl')
    def json = new URL("${simple}six/").getText(requestProperties: [Accept: 'application/vnd.pypi.simple.v1+json'])
    def file = new JsonSlurper().parseText(json).files[0]
    assert new URL(new URL("${simple}six/"), file.url).bytes.length == file.size
    assert new URL("${simple}absent/").openConnection().responseCode == 404
  } finally {
    process.destroy()
    assert process.waitFor(30, TimeUnit.SECONDS)
  }
}
return true
