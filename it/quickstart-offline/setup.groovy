import io.github.wheelmirror.it.ConstraintsRepository
import io.github.wheelmirror.it.QuickstartIndex

def quickstart = new File(basedir, '../../../it/quickstart')
def repository = ConstraintsRepository.at(new File(basedir, 'constraints.git').toPath())
['master': 'master', '2026.1': 'stable/2026.1', '2025.1': 'stable/2025.1'].each { file, branch ->
  repository.branch(branch, new File(quickstart, "constraints/${file}.txt").getText('UTF-8'))
}
def index = QuickstartIndex.start(new File(quickstart, 'constraints'))
new File(basedir, '.mvn').mkdirs()
new File(basedir, '.mvn/maven.config').text =
    "-Dwheel-mirror.index=${index.url()}\n-Dwheel-mirror.cacheDirectory=${basedir}/cache\n"
return true
