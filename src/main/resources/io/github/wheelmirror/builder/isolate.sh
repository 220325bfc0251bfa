# isolate.sh FOLDER... -- PROGRAM...: run in mount, network and process namespaces of its own (unshare),
# it makes every mount but the FOLDERs, /dev and /proc read-only and starts the program where it was called.
here=$(pwd -P)
set -f
mount --make-rprivate / || exit 125
mine=
while [ "$1" != -- ]; do
  mount --bind "$1" "$1" || exit 125
  # /proc/self/mounts writes a blank as \040
  mine=$mine$(printf %s "$1" | sed 's/\\/\\134/g; s/ /\\040/g')' '
  shift
done
shift
{
  mount -t tmpfs tmpfs /dev/shm
  ip link set lo up
} 2> /dev/null
while read -r device point kind options rest; do
  case $point in /proc | /proc/* | /dev | /dev/*) continue ;; esac
  for one in $mine; do
    case $point in "$one" | "$one"/*) continue 2 ;; esac
  done
  # a user namespace may not take these away, so they are said again
  kept=
  for flag in nosuid nodev noexec noatime relatime nodiratime; do
    case ,$options, in *,$flag,*) kept=$kept,$flag ;; esac
  done
  mount -o "remount,bind,ro$kept" "$point" 2> /dev/null
done < /proc/self/mounts
cd "$here" || exit 125
exec "$@"
