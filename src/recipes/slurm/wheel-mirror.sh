#!/bin/sh
# A mirror by a Slurm cluster: one job plans, an array of jobs builds, one job gathers and releases.
#
#   sh wheel-mirror.sh 20        plans, builds in 20 shards, gathers, verifies and releases
#   sh wheel-mirror.sh 20 3,7    builds shards 3 and 7 of that plan again, gathers and releases
#
# Run it in the project's folder, on a file system that all nodes have. What sbatch should know of
# your cluster goes into its own variables (SBATCH_PARTITION, SBATCH_ACCOUNT, SBATCH_TIMELIMIT), and
# what only some jobs need into these:
#   MVN             Maven with its options: mvn -B -ntp
#   BUILD_SBATCH    options of the array, such as "--cpus-per-task=8 --mem=16G"
#   BUILD_OPTIONS   options of its Maven, such as a cache on the node's own disk:
#                   -Dwheel-mirror.cacheDirectory=/var/tmp/wheel-mirror
#   RELEASE_GOALS   what follows gather: snapshot, verify and deploy
set -eu
count=${1:?how many shards? see the head of this file}
again=${2:-}
mvn=${MVN:-mvn -B -ntp}
logs=target/wheel-mirror/slurm
release=${RELEASE_GOALS:-wheel-mirror:snapshot wheel-mirror:verify wheel-mirror:deploy}
mkdir -p "$logs"

after=
if [ -z "$again" ]; then
  plan=$(sbatch --parsable --job-name=wheel-mirror-plan --output="$logs/plan-%j.log" \
    --wrap="exec $mvn wheel-mirror:plan")
  after="--dependency=afterok:$plan --kill-on-invalid-dep=yes"
fi

# each task reads the plan, and hands over in a folder of its own that appears when it is whole
# shellcheck disable=SC2086
build=$(sbatch --parsable --job-name=wheel-mirror-build --output="$logs/build-%A-%a.log" $after \
  --array="${again:-1-$count}" ${BUILD_SBATCH:-} \
  --wrap="exec $mvn wheel-mirror:build -Dwheel-mirror.build.shard=\$SLURM_ARRAY_TASK_ID/$count \
-Dwheel-mirror.builds=\${SLURM_CPUS_PER_TASK:-1} ${BUILD_OPTIONS:-}")

# afterany: what the others did arrives; gather names the shards that are lost and ends before a release
status=0
gather=$(sbatch --parsable --job-name=wheel-mirror-gather --output="$logs/gather-%j.log" \
  --dependency="afterany:$build" --wait \
  --wrap="exec $mvn wheel-mirror:gather $release") || status=$?
cat "$logs/gather-${gather%%;*}.log"
exit $status
