import io.github.wheelmirror.it.Maven.Run

Run.first(basedir, 0).says('wheel-mirror:build', 'User property: wheel-mirror.constraints', 'upstreamWheels (Default: mirror)')
assert !new File(basedir, 'target').exists()
return true
