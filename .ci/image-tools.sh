# shellcheck shell=bash
# What .ci/images builds and starts images with. Wants $work, a folder for everything that comes to be.
# shellcheck disable=SC2154,SC2034 # work is the caller's, entrypoint is for it

# buildah ACTION…: nothing of it outside of the work folder, and no kernel's help beyond chroot.
images() {
  buildah --root "$work/store" --runroot "$work/run" --storage-driver vfs "$@"
}
build() {
  images bud --isolation chroot --layers=false --quiet "$@" > /dev/null
}

# debian: a Debian with curl, and apt-get under the name of the bases' package manager.
debian() {
  [[ -d $work/debian ]] && return
  local mirror
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null |
    awk '/^(URIs:|deb )/ && match($0, /https?:[^ ]*\/debian( |\/|$)/) {
      print substr($0, RSTART, RLENGTH); exit}' || true)
  debootstrap --variant=minbase --include=ca-certificates,curl bookworm "$work/debian.part" "$mirror" \
    > "$work/debootstrap.log"
  install -m 755 .ci/stand-in-dnf "$work/debian.part/usr/bin/dnf"
  mv "$work/debian.part" "$work/debian"
}

# java HOME TARGET: the runtime of a JDK, without what only developers need.
java_runtime() {
  [[ -d $work/$2 ]] && return
  mkdir -p "$work/$2.part"
  tar --create --directory "$1" --dereference --exclude src.zip --exclude ct.sym bin conf lib |
    tar --extract --directory "$work/$2.part"
  mv "$work/$2.part" "$work/$2"
}

# stand_in NAME [FOLDER PLACE]: an image of the Debian, with a folder at a place in it.
stand_in() {
  local lines="FROM scratch\nCOPY debian /\n"
  [[ $# -eq 1 ]] || lines+="COPY $2 $3\nENV PATH=$3/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
  printf '%b' "$lines" > "$work/stand-in"
  build --file "$work/stand-in" --tag "localhost/$1" "$work"
}

# unpacked IMAGE: the folder of its files
unpacked() {
  images mount "$(images from "localhost/$1")"
}

# sandbox IMAGE ROOT [OPTION…]: the command line, up to the program, that starts something as the image would; into
# the array "inside".
sandbox() {
  local config variable user
  config=$(images inspect --type image "localhost/$1" | jq .OCIv1.config)
  user=$(jq --raw-output .User <<< "$config")
  if [[ ! $user =~ ^[1-9][0-9]*:[1-9][0-9]*$ ]]; then
    echo "$1 runs as \"$user\", not as a user without rights" >&2
    exit 1
  fi
  inside=(bwrap --ro-bind "$2" / --proc /proc --dev /dev --tmpfs /tmp --unshare-user --unshare-pid --die-with-parent
    --uid "${user%:*}" --gid "${user#*:}" --chdir "$(jq --raw-output '.WorkingDir // "/"' <<< "$config")")
  while read -r variable; do
    inside+=(--setenv "${variable%%=*}" "${variable#*=}")
  done < <(jq --raw-output '.Env[]' <<< "$config")
  inside+=("${@:3}")
  mapfile -t entrypoint < <(jq --raw-output '.Entrypoint[]' <<< "$config")
}

# account IMAGE ROOT GLIBC FOLDER…: what the image adds to its base; fails if it holds what it must not, or asks for
# more than the real base's glibc.
account() {
  local name=$1 root=$2 most=$3 extra highest
  shift 3
  extra=$(find "$root" \( -iname '*cudnn*' -o -iname '*libtorch_cuda*' -o -iname '*libcublas*' -o -name .m2 \
    -o -name '*.java' -o -path '*/rehearsal/*' \) -print -quit)
  if [[ -n $extra ]]; then
    echo "$name must not hold ${extra#"$root"}" >&2
    exit 1
  fi
  echo "$name: adds $(cd "$root" && du --summarize --block-size=MB "$@" | tr '\n\t' '; ')"
  highest=$(cd "$root" && find "$@" -type f \( -name '*.so*' -o -perm -u+x \) -exec objdump -T {} \; 2> /dev/null |
    grep --only-matching 'GLIBC_[0-9.]*' | sort --unique --version-sort | tail --lines=1)
  echo "$name: asks for $highest at most; its base has GLIBC_$most"
  [[ $(printf '%s\n' "$highest" "GLIBC_$most" | sort --version-sort | tail --lines=1) == "GLIBC_$most" ]]
}

# without_network COMMAND…: with a loopback that nothing else reaches.
without_network() {
  bwrap --unshare-net --dev-bind / / "$@"
}
