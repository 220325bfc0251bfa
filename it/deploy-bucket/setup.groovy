import io.github.wheelmirror.it.Scenario
import io.github.wheelmirror.publish.BucketServer

def bucket = BucketServer.start(basedir)
context.bucket = bucket
def scenario = Scenario.in(basedir)
scenario.index().wheel('six', '1.16.0', 'py3-none-any').wheel('six', '1.17.0', 'py3-none-any')
scenario
    .property('region', bucket.region())
    .property('regionServerId', 'it-bucket')
    .property('regionPublicUrl', bucket.url())
    .branch('master', 'six===1.16.0\n')
    .share(context)
return true
