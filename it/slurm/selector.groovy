return io.github.wheelmirror.it.SlurmCluster.isHere()
