#!/usr/bin/env bash
# bare-root.sh STORE NAME: starts the native executable with nothing but the files that its image holds: a read-only
# root with the executable, native-libs and the C and C++ libraries they need; no user's rights, no network but
# loopback, on which a stand-in for Lambda and an S3 server wait. Prints the first right answer's time. Wants bubblewrap
# (bwrap).
set -euo pipefail
cd "$(dirname "$0")/../../.."
store=$(realpath "$1")
classpath=$(src/test/scripts/test-classpath.sh)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

mkdir -p "$root"/{function,tmp,proc,dev,etc}
cp -r target/function-runner target/native-libs "$root/function/"
printf 'root:x:0:0::/:/\nfunction:x:65532:65532::/:/\n' > "$root/etc/passwd"
LD_LIBRARY_PATH=target/native-libs/torch ldd target/function-runner target/native-libs/*/*.so* \
  | grep -oE '/[^ ]+' | grep -v -e native-libs -e ':$' | sort -u | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
echo "the root holds:"
(cd "$root" && find . -type f -printf '  %p %s\n' | sort)
echo "highest glibc version that is asked for:" \
  "$(find "$root/function" -type f -exec objdump -T {} + | grep -oE 'GLIBC_[0-9.]+' | sort -Vu | tail -n 1)"

export OPT_OUT_TRACKING=true DJL_OFFLINE=true
bwrap --unshare-net --dev-bind / / \
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$classpath" \
  org.scibert.function.FirstAnswer "$store" "$2" 1 \
  bwrap --ro-bind "$root" / --proc /proc --dev /dev --tmpfs /tmp --unshare-user --uid 65532 --gid 65532 --unshare-pid \
  --setenv PYTORCH_LIBRARY_PATH /function/native-libs/torch \
  --setenv RUST_LIBRARY_PATH /function/native-libs/tokenizers/libtokenizers.so \
  --setenv MODEL_CACHE /tmp/models \
  /function/function-runner -Xmx256m
