return io.github.wheelmirror.publish.BucketServer.isHere()
