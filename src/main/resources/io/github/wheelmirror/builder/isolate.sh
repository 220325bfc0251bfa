# isolate.sh FOLDER PROGRAM...: run in mount, network and process namespaces of its own (unshare),
# it makes every mount but FOLDER, /dev and /proc read-only and starts the program where it was called.
mine=$1
shift
here=$(pwd -P)
# /proc/self/mounts writes a blank as \040
shown=$(printf %s "$mine" | sed 's/\\/\\134/g; s/ /\\040/g')
mount --make-rprivate / && mount --bind "$mine" "$mine" || exit 125
{
  mount -t tmpfs tmpfs /dev/shm
  ip link set lo up
} 2> /dev/null
while read -r device point kind options rest; do
  case $point in "$shown" | "$shown"/* | /proc | /proc/* | /dev | /dev/*) continue ;; esac
  # a user namespace may not take these away, so they are said again
  kept=
  for flag in nosuid nodev noexec noatime relatime nodiratime; do
    case ,$options, in *,$flag,*) kept=$kept,$flag ;; esac
  done
  mount -o "remount,bind,ro$kept" "$point" 2> /dev/null
done < /proc/self/mounts
cd "$here" || exit 125
exec "$@"
