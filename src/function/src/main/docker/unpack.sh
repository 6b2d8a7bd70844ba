#!/bin/sh
# In the folder of function-runner.jar: takes the native libraries of this machine out of lib/ and lays them out in
# native-libs/, so that no start has to. The largest jar is not needed afterwards.
set -eu
machine=linux-$(uname -m)
mkdir -p native-libs/torch native-libs/tokenizers
unzip -qjo lib/ai.djl.pytorch.pytorch-native-cpu-*.jar "pytorch/cpu/$machine/*" -d native-libs/torch
unzip -qjo lib/ai.djl.pytorch.pytorch-jni-*.jar "jnilib/$machine/cpu/*" -d native-libs/torch
unzip -qjo lib/ai.djl.huggingface.tokenizers-*.jar "native/lib/$machine/cpu/*" -d native-libs/tokenizers
rm lib/ai.djl.pytorch.pytorch-native-cpu-*.jar
