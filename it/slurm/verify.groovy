import groovy.json.JsonSlurper
import io.github.wheelmirror.it.Maven
import io.github.wheelmirror.it.SlurmCluster
import java.nio.file.Files

def recipe = new File(new File(itSettings).parentFile.parentFile, 'src/recipes/slurm/wheel-mirror.sh')
def workspace = new File(basedir, 'target/wheel-mirror')
def states = { new JsonSlurper().parse(new File(workspace, 'build-report.json')).pins*.states.flatten()*.outcome }

// the second task is killed in the middle of its Maven, once
new File(basedir, 'die').text = ''
def mvn = new File(basedir, 'mvn.sh')
mvn.text = """#!/bin/sh
if [ "\${SLURM_ARRAY_TASK_ID:-}" = 2 ] && rm die 2>/dev/null; then
  (sleep 1; scancel --full --signal=KILL "\${SLURM_ARRAY_JOB_ID}_2") &
fi
exec ${Maven.of(binding.variables).commandLine()} "\$@"
"""
def folder = Files.createTempDirectory('slurm').toFile()
def cluster = SlurmCluster.start(folder)
def mirror = { String... arguments ->
    def builder = new ProcessBuilder(['sh', recipe.path, *arguments]).directory(basedir).redirectErrorStream(true)
    builder.environment() << cluster.environment()
    builder.environment() << [
        MVN: "sh ${mvn}".toString(), MAVEN_OPTS: itMavenOpts.toString(),
        BUILD_OPTIONS: "-Dwheel-mirror.cacheDirectory=${basedir}/node-cache".toString(),
        BUILD_SBATCH: '--cpus-per-task=1']
    def process = builder.start()
    process.outputStream.close()
    def said = process.inputStream.text
    new File(basedir, "slurm-${arguments.join('-')}.log".toString()).text = said
    [process.waitFor(), said]
}
try {
    def (exit, said) = mirror('3')
    assert exit != 0 && said.contains('shard 2/3 of') && said.contains('is lost') : said
    assert !new File(basedir, 'mirror').exists()
    assert states()*.failureClass.contains('lost-shard')

    def (again, saidAgain) = mirror('3', '2')
    assert again == 0 : saidAgain
    assert saidAgain.contains('3 shards of') && saidAgain.contains('now serves') : saidAgain
    assert states().every { it.state in ['built', 'mirrored', 'reused'] }
    def log = cluster.run('sh', '-c', "ls ${workspace}/slurm")
    assert log.readLines().count { it.startsWith('build-') } == 4 : log
} finally {
    cluster.close()
    folder.deleteDir()
}
return true
