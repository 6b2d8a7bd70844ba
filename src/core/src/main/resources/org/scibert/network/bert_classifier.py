# A BERT encoder, [CLS] or the tokens' mean -> dropout -> linear, and its training step. TorchScript: libtorch compiles this text as it stands.
#
# Shapes: B rows, T tokens of the longest row, Q tokens whose output is computed (T, or 1 for [CLS] alone),
#         H hidden size, A heads, D = H / A, F intermediate size, V vocabulary, C outputs.
# dtypes are numbers in TorchScript: 0 uint8, 1 int8, 2 int16, 3 int32, 4 int64, 6 float32, 15 bfloat16.

# The kernel by name. "plain" has a gradient; the others serve, with the weight in the layout that they read: "fp32",
# "bf16" and "int8_onednn" by oneDNN, "fp16" and "int8_batch" by FBGEMM. "int8" and "int8_halved" take oneDNN too, but
# for small weights FBGEMM, which quantizes x in the same call: that is faster for few tokens. "bf16_emulated" and
# "int8_emulated" round as bf16 and int8 do and multiply in fp32.
class Linear(NamedTuple):
  kernel : str
  weight : Tensor                 # (out, in)
  bias : Tensor                   # (out)
  scale : Tensor                  # (out): of 8-bit weights; else of no use
  zero : Tensor                   # (out): zeros, which oneDNN wants beside the scale
  after_gelu : bool               # whether the input is GELU's output, which is nowhere below -0.1701
  lowest : Tensor                 # 0.1701; as a tensor, since a number would be made into one at each call
  step : Tensor                   # 1 / 127; after GELU 1 / 255
  packed : Optional[__torch__.torch.classes.quantized.LinearPackedParamsBase]  # what FBGEMM reads

class LayerNorm(NamedTuple):
  weight : Tensor                 # (H)
  bias : Tensor                   # (H)

# One transformer layer, by the names of the checkpoint.
class Layer(NamedTuple):
  attention_input : List[__torch__.Linear]  # query, key, value: three of (H, H), or in one of (3 H, H)
  attention_smoothing : Optional[Tensor]    # (H): what x was divided by, where its LayerNorm is smoothed
  attention_output : __torch__.Linear       # (H, H)
  attention_norm : __torch__.LayerNorm
  intermediate : __torch__.Linear           # (F, H)
  output : __torch__.Linear                 # (H, F)
  output_smoothing : Optional[Tensor]       # (H): as above, of attention_norm
  output_norm : __torch__.LayerNorm

class BertClassifier(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  num_layers : int
  pad : int                       # input id of [PAD]
  heads : int
  layer_norm_eps : float
  gelu : str                      # "none" (erf) or "tanh"
  hidden_dropout : float
  attention_dropout : float
  head_dropout : float
  multi_class : bool              # cross-entropy; else binary cross-entropy of each logit
  label_smoothing : float
  max_gradient_norm : float
  bf16 : bool                     # train the encoder in bfloat16; weights and updates stay in fp32
  onednn : bool                   # train the encoder's linear layers by oneDNN, in fp32; libtorch takes MKL
  serving : bool                  # whether the linear layers are prepacked for their kernels
  mean_pooling : bool             # the head reads the mean of the tokens' vectors; else that of [CLS]
  half_kernel : str               # for linear layers with 16-bit weights
  int8_kernel : str               # for linear layers with 8-bit weights and a scale for each token
  observing : bool                # whether the layers' activations are added to maxima
  maxima : List[Tensor]           # largest magnitude of each channel, (H), as activation_maxima returns them
  weights : Dict[str, Tensor]     # by the names of WeightNames.java and ReducedWeights.java
  layers : List[__torch__.Layer]
  trainable : List[Tensor]        # the weights that learn
  grads : List[Tensor]            # their gradients, summed since the last update; empty after an update
  step : List[Tensor]             # AdamW's step counter, one 0-d tensor
  group_weights : List[List[Tensor]]
  group_exp_avg : List[List[Tensor]]     # AdamW's first moments
  group_exp_avg_sq : List[List[Tensor]]  # AdamW's second moments
  group_steps : List[List[Tensor]]       # the step counter, once for each weight of the group
  group : List[int]               # the parameter group of each weight that learns
  group_decay : List[float]       # weight decay of each group
  group_rate : List[float]        # factor of each group's learning rate

  def bind(self: __torch__.BertClassifier, weights: Dict[str, Tensor]) -> None:
    self.weights = weights
    layers = annotate(List[__torch__.Layer], [])
    for i in range(self.num_layers):
      layers.append(self.layer_weights(i, self.serving))
    self.layers = layers
    return None

  def layer_weights(self: __torch__.BertClassifier, i: int, prepack: bool) -> __torch__.Layer:
    layer = "bert.encoder.layer." + str(i) + "."
    query = layer + "attention.self.query"
    key = layer + "attention.self.key"
    value = layer + "attention.self.value"
    before = "bert.embeddings"
    if i > 0:
      before = "bert.encoder.layer." + str(i - 1) + ".output"
    # A kernel that rounds or quantizes x does so once for all three.
    if prepack and self.kernel(query) in ["bf16", "bf16_emulated", "int8", "int8_onednn", "int8_halved"]:
      attention_input = [self.linear_weights([query, key, value], False, True)]
    else:
      attention_input = [self.linear_weights([query], False, prepack), self.linear_weights([key], False, prepack), self.linear_weights([value], False, prepack)]
    return __torch__.Layer(
        attention_input=attention_input,
        attention_smoothing=self.smoothing(before),
        attention_output=self.linear_weights([layer + "attention.output.dense"], False, prepack),
        attention_norm=self.norm_weights(layer + "attention.output.LayerNorm"),
        intermediate=self.linear_weights([layer + "intermediate.dense"], False, prepack),
        output=self.linear_weights([layer + "output.dense"], True, prepack),
        output_smoothing=self.smoothing(layer + "attention.output"),
        output_norm=self.norm_weights(layer + "output.LayerNorm"))

  # The kernel that serves a linear layer, by the type of its weight. Scales of 8-bit weights are named "scale" where a
  # batch's activations share one, as in releases before 0.2, and "weight_scale" where each token has its own.
  def kernel(self: __torch__.BertClassifier, name: str) -> str:
    dtype = self.weights[name + ".weight"].dtype
    if dtype == 1:
      if name + ".scale" in self.weights:
        kernel = "int8_batch"
      else:
        kernel = self.int8_kernel
    elif dtype == 6:
      kernel = "fp32"
    else:
      kernel = self.half_kernel
    return kernel

  # The weights of the named layers, one below the other. Prepacking puts them into the layout that the kernel reads,
  # which has no gradient; without it, reduced weights are widened to fp32.
  def linear_weights(self: __torch__.BertClassifier, names: List[str], after_gelu: bool, prepack: bool) -> __torch__.Linear:
    kernel = "plain"
    if prepack:
      kernel = self.kernel(names[0])
    weight = self.rows(names, ".weight")     # (out, in)
    bias = self.rows(names, ".bias")         # (out)
    scale = bias
    zero = bias
    lowest = torch.full([], 0.1701, dtype=6)
    step = torch.full([], 1. / 127., dtype=6)
    if after_gelu:
      step = torch.full([], 1. / 255., dtype=6)
    packed = annotate(Optional[__torch__.torch.classes.quantized.LinearPackedParamsBase], None)
    if weight.dtype == 1:
      if names[0] + ".scale" in self.weights:
        scale = self.rows(names, ".scale")   # (out)
      else:
        scale = self.rows(names, ".weight_scale")
    if kernel == "int8_batch":
      quantized = torch._make_per_channel_quantized_tensor(weight, scale, torch.zeros_like(scale, dtype=3), 0)
      packed = ops.quantized.linear_prepack(quantized, bias)
    elif kernel in ["int8", "int8_onednn", "int8_halved", "int8_emulated"]:
      if kernel == "int8_halved":
        # Without VNNI, pairs of products are added in 16 bits, which weights within 64 can't overflow.
        weight = torch.round(weight.to(6) / 2.).to(1)
        scale = scale * 2.
      full = weight.to(6) * scale[:, None]
      if after_gelu:
        bias = bias - 0.1701 * full.sum([1])
      if kernel == "int8_emulated":
        weight = full
      elif kernel != "int8_onednn" and weight.numel() <= 768 * 768:
        quantized = torch._make_per_channel_quantized_tensor(weight, scale, torch.zeros_like(scale, dtype=3), 0)
        packed = ops.quantized.linear_prepack(quantized, None)
      else:
        weight = ops.onednn.qlinear_prepack(weight, None)
        zero = torch.zeros_like(scale, dtype=4)
    elif kernel == "fp16":
      packed = ops.quantized.linear_prepack_fp16(weight.to(6), bias)
    elif kernel == "fp32":
      weight = ops.mkldnn._reorder_linear_weight(weight.to(6), 64)
    elif kernel == "bf16":
      weight = ops.mkldnn._reorder_linear_weight(weight.to(15), 64)
      bias = bias.to(15)
    elif kernel == "bf16_emulated":
      weight = weight.to(15).to(6)
      bias = bias.to(15).to(6)
    elif weight.dtype == 1:
      weight = weight.to(6) * scale[:, None]
    else:
      weight = weight.to(6)
    return __torch__.Linear(kernel, weight, bias, scale, zero, after_gelu, lowest, step, packed)

  def rows(self: __torch__.BertClassifier, names: List[str], suffix: str) -> Tensor:
    rows = self.weights[names[0] + suffix]
    if len(names) > 1:
      all = annotate(List[Tensor], [])
      for name in names:
        all.append(self.weights[name + suffix])
      rows = torch.cat(all)
    return rows

  # What the output of a LayerNorm is divided by, (H). The layers that read it are multiplied by the same, so that no
  # channel takes most of the range of a token's 8 bits (SmoothQuant, Xiao et al. 2023).
  def smoothing(self: __torch__.BertClassifier, module: str) -> Optional[Tensor]:
    name = module + ".LayerNorm.smoothing"
    found = annotate(Optional[Tensor], None)
    if name in self.weights:
      found = self.weights[name]
    return found

  def norm_weights(self: __torch__.BertClassifier, name: str) -> __torch__.LayerNorm:
    return __torch__.LayerNorm(self.weights[name + ".weight"], self.weights[name + ".bias"])

  # Sorts weights and moments by parameter group.
  def bind_optimizer(self: __torch__.BertClassifier, trainable: List[Tensor], exp_avg: List[Tensor], exp_avg_sq: List[Tensor], step: List[Tensor]) -> None:
    self.trainable = trainable
    self.step = step
    for g in range(len(self.group_decay)):
      self.group_weights.append(self.of_group(trainable, g))
      self.group_exp_avg.append(self.of_group(exp_avg, g))
      self.group_exp_avg_sq.append(self.of_group(exp_avg_sq, g))
      self.group_steps.append(step * len(self.group_weights[g]))
    return None

  def of_group(self: __torch__.BertClassifier, all: List[Tensor], g: int) -> List[Tensor]:
    members = annotate(List[Tensor], [])
    for i in range(len(all)):
      if self.group[i] == g:
        members.append(all[i])
    return members

  # x (*, in) -> (*, out); in x's type by "plain", in bfloat16 by "bf16", in fp32 by the others
  def linear(self: __torch__.BertClassifier, x: Tensor, w: __torch__.Linear) -> Tensor:
    packed = w.packed
    if w.kernel == "plain":
      y = self.plain_linear(x, w.weight.type_as(x), w.bias.type_as(x))
    elif w.kernel == "fp32":
      y = ops.mkldnn._linear_pointwise(x.to(6), w.weight, w.bias, "none", annotate(List[Optional[number]], []), "")
    elif w.kernel == "bf16":
      y = ops.mkldnn._linear_pointwise(x.to(15), w.weight, w.bias, "none", annotate(List[Optional[number]], []), "")
    elif w.kernel == "bf16_emulated":
      y = torch.linear(x.to(15).to(6), w.weight, w.bias).to(15)
    elif w.kernel == "fp16" and packed is not None:
      y = ops.quantized.linear_dynamic_fp16(x.to(6), packed)
    elif w.kernel == "int8_batch" and packed is not None:
      # Without reduce_range, which costs accuracy: the weights stay within 63, so that pairs of products fit 16 bits.
      y = ops.quantized.linear_dynamic(x.to(6), packed, False)
    else:
      y = self.int8_linear(x.to(6), w)
    return y

  # torch.linear. libtorch's linear layers in fp32 are MKL's, which oneDNN's are faster than on some processors: there a
  # linear layer is taken as a convolution of width 1, which reads (B, T, in) as it lies in memory and has a gradient.
  # The gradient of one over fewer than 16 rows is not oneDNN's.
  def plain_linear(self: __torch__.BertClassifier, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if self.onednn and x.dim() == 3 and x.size(0) >= 16 and x.size(1) > 1:
      image = x.contiguous()[:, :, None].permute([0, 3, 1, 2])                  # (B, in, T, 1)
      y = torch.mkldnn_convolution(image, weight[:, :, None, None], bias, [0, 0], [1, 1], [1, 1], 1)
      y = y.permute([0, 2, 3, 1]).reshape([x.size(0), x.size(1), -1])           # (B, T, out)
    else:
      y = torch.linear(x, weight, bias)
    return y

  # x (B, T, in) -> (B, T, out). Each token has a scale of its own, so that it depends on no other: x = scale * q with the
  # largest magnitude at 127, or after GELU x = scale * q - 0.1701 with the largest at 255. Overwrites GELU's output,
  # which nothing else reads.
  def int8_linear(self: __torch__.BertClassifier, x: Tensor, w: __torch__.Linear) -> Tensor:
    if w.after_gelu:
      scale = torch.mul_(torch.add_(torch.amax(x, [-1], True), w.lowest), w.step)  # (B, T, 1)
      q = torch.div_(torch.add_(x, w.lowest), scale)                            # (B, T, in): 0 to 255
      zero = 0
    else:
      largest = torch.clamp_(torch.amax(torch.abs(x), [-1], True), 1e-30)
      scale = torch.mul_(largest, w.step)                                       # (B, T, 1)
      q = torch.div(x, scale)                                                   # (B, T, in): -127 to 127
      zero = 128
    packed = w.packed
    if packed is not None:
      y = ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(q, 1., zero, packed)
    elif w.kernel == "int8_emulated":
      y = torch.linear(torch.round_(q), w.weight)                               # (B, T, out)
    else:
      q = torch.round_(q)
      if zero > 0:
        q = torch.add_(q, zero)                                                 # 0 to 255
      # By way of 16 bits: libtorch's conversion from fp32 to 8 bits without a sign is several times slower.
      y = ops.onednn.qlinear_pointwise(q.to(2).to(0), 1., zero, w.weight, w.scale, w.zero, None, 1., 0, 6, "none", annotate(List[Optional[number]], []), "")
    return torch.addcmul(w.bias, y, scale, out=y)

  # GELU of a linear layer
  def linear_gelu(self: __torch__.BertClassifier, x: Tensor, w: __torch__.Linear) -> Tensor:
    if w.kernel == "fp32":
      y = ops.mkldnn._linear_pointwise(x.to(6), w.weight, w.bias, "gelu", annotate(List[Optional[number]], []), self.gelu)
    elif w.kernel == "bf16":
      y = ops.mkldnn._linear_pointwise(x.to(15), w.weight, w.bias, "gelu", annotate(List[Optional[number]], []), self.gelu)
    elif w.kernel == "bf16_emulated":
      y = torch.gelu(torch.linear(x.to(15).to(6), w.weight, w.bias), approximate=self.gelu).to(15)
    elif w.kernel == "plain":
      y = torch.gelu(self.linear(x, w), approximate=self.gelu)
    else:
      y = torch.gelu_(self.linear(x, w), approximate=self.gelu)
    return y

  # torch.dropout. On a CPU that draws 64 random bits an element, one after the other. Here 16 bits decide, a quarter of a
  # 64-bit draw: p is rounded to a multiple of 2 ** -16 below 1, and what is kept is scaled by that, so that its mean is
  # exact. 16-bit integers are clamped by vector instructions, which libtorch has none of for comparing and choosing.
  def dropout(self: __torch__.BertClassifier, x: Tensor, p: float, train: bool) -> Tensor:
    dropped = min(int(p * 65536. + 0.5), 65535)                                 # of 65536 draws
    if not train or dropped == 0:
      y = x
    elif x.is_cuda:
      y = torch.dropout(x, p, True)
    else:
      n = x.numel()
      draws = torch.empty([(n + 3) // 4], dtype=4).random_(-9223372036854775807 - 1, None)
      least = dropped - 32768                                                   # draw that keeps
      keep = torch.clamp_(torch.view_copy(draws, dtype=2)[0:n], least - 1, least)
      keep = torch.sub_(keep, least - 1)                                        # (n): 0 or 1
      y = x * torch.mul_(keep.type_as(x), 65536. / float(65536 - dropped)).view(x.size())
    return y

  # q (B, A, Q, D); k, v (B, A, T, D); mask (B, 1, 1, T), true where attention looks -> (B, A, Q, D)
  def attend(self: __torch__.BertClassifier, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], train: bool) -> Tensor:
    p = 0.
    if train:
      p = self.attention_dropout
    if p == 0. or q.is_cuda:
      a = torch.scaled_dot_product_attention(q, k, v, mask, p, False)           # (B, A, Q, D)
    else:
      # libtorch's own formula for dropout on a CPU, with the dropout above.
      scores = torch.matmul(q * float(q.size(3)) ** -0.5, k.transpose(2, 3))    # (B, A, Q, T)
      if mask is not None:
        scores = scores.add_(torch.logical_not(mask).type_as(q), alpha=-1e+38)
      a = torch.matmul(self.dropout(torch.softmax(scores, 3), p, True), v)      # (B, A, Q, D)
    return a

  # LayerNorm(x + y * smoothing): (B, Q, H)
  def add_norm(self: __torch__.BertClassifier, x: Tensor, y: Tensor, smoothing: Optional[Tensor], w: __torch__.LayerNorm) -> Tensor:
    if smoothing is not None:
      sum = torch.addcmul(x.to(6), y, smoothing)
    else:
      sum = x + y
    return torch.layer_norm(sum, [sum.size(-1)], w.weight.type_as(sum), w.bias.type_as(sum), self.layer_norm_eps, False)

  # x (B, Q, H) -> (B, A, Q, D)
  def split_heads(self: __torch__.BertClassifier, x: Tensor) -> Tensor:
    return x.view([x.size(0), x.size(1), self.heads, -1]).transpose(1, 2)

  # (B, T) -> (B, T, H)
  def words(self: __torch__.BertClassifier, input_ids: Tensor) -> Tensor:
    word = torch.embedding(self.weights["bert.embeddings.word_embeddings.weight"], input_ids).to(6)  # (B, T, H)
    if "bert.embeddings.word_embeddings.scale" in self.weights:
      scale = self.weights["bert.embeddings.word_embeddings.scale"]                     # (V)
      word = word * torch.embedding(scale[:, None], input_ids)                          # (B, T, H)
    return word

  # word (B, T, H) -> (B, T, H), with positions and token type, normalised
  def embed(self: __torch__.BertClassifier, word: Tensor, train: bool) -> Tensor:
    position = self.weights["bert.embeddings.position_embeddings.weight"][0:word.size(1)]  # (T, H)
    token_type = self.weights["bert.embeddings.token_type_embeddings.weight"][0]        # (H): one sentence a text
    x = self.add_norm(word, position + token_type, None, self.norm_weights("bert.embeddings.LayerNorm"))  # (B, T, H)
    return self.dropout(x, self.hidden_dropout, train)

  # One transformer layer: x (B, T, H) -> (B, Q, H)
  def layer(self: __torch__.BertClassifier, x: Tensor, mask: Optional[Tensor], w: __torch__.Layer, cls_only: bool, train: bool) -> Tensor:
    wanted = x
    if cls_only:
      wanted = x[:, 0:1]
    if len(w.attention_input) == 1:
      # Attention is faster in fp32 than in bfloat16.
      qkv = self.linear(x, w.attention_input[0]).to(6)                          # (B, T, 3 H)
      heads = qkv.view([x.size(0), x.size(1), 3, self.heads, -1])               # (B, T, 3, A, D)
      q, k, v, = torch.unbind(heads.permute([2, 0, 3, 1, 4]))                   # each (B, A, T, D)
      q = q[:, :, 0:wanted.size(1)]                                             # (B, A, Q, D)
    else:
      q = self.split_heads(self.linear(wanted, w.attention_input[0]))
      k = self.split_heads(self.linear(x, w.attention_input[1]))
      v = self.split_heads(self.linear(x, w.attention_input[2]))
    a = self.attend(q, k, v, mask, train)                                       # (B, A, Q, D)
    a = a.transpose(1, 2).reshape(wanted.size())                                # (B, Q, H)
    self.observe(x)
    self.observe(a)
    a = self.dropout(self.linear(a, w.attention_output), self.hidden_dropout, train)
    a = self.add_norm(a, wanted, w.attention_smoothing, w.attention_norm)       # (B, Q, H)
    self.observe(a)
    f = self.linear_gelu(a, w.intermediate)                                     # (B, Q, F)
    f = self.dropout(self.linear(f, w.output), self.hidden_dropout, train)      # (B, Q, H)
    return self.add_norm(f, a, w.output_smoothing, w.output_norm)               # (B, Q, H)

  def observe(self: __torch__.BertClassifier, x: Tensor) -> None:
    if self.observing:
      self.maxima.append(torch.amax(torch.abs(x), [0, 1]))
    return None

  # input_ids, attention_mask (B, T) -> (B, Q, H); without a mask every token is real.
  def encode(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor], cls_only: bool, train: bool) -> Tensor:
    mask = annotate(Optional[Tensor], None)
    if attention_mask is not None:
      mask = torch.ne(attention_mask, 0)[:, None, None, :]                      # (B, 1, 1, T)
    x = self.embed(self.words(input_ids), train)                                # (B, T, H)
    if train and self.bf16:
      x = x.to(15)
    for i in range(self.num_layers):
      x = self.layer(x, mask, self.layers[i], cls_only and i == self.num_layers - 1, train)
    return x                                                                    # (B, Q, H)

  # The mean over the tokens that are no padding: x (B, T, H) -> (B, H)
  def mean(self: __torch__.BertClassifier, x: Tensor, attention_mask: Optional[Tensor]) -> Tensor:
    if attention_mask is None:
      mean = x.mean([1])
    else:
      real = attention_mask.type_as(x)[:, :, None]                              # (B, T, 1)
      mean = (x * real).sum([1]) / real.sum([1])
    return mean

  # (B, T) -> (B, C)
  def head(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor], train: bool) -> Tensor:
    x = self.encode(input_ids, attention_mask, not self.mean_pooling, train).to(6)  # (B, Q, H)
    if self.mean_pooling:
      pooled = self.mean(x, attention_mask)                                     # (B, H)
    else:
      pooled = x[:, 0]                                                          # (B, H)
    pooled = self.dropout(pooled, self.head_dropout, train)
    return torch.linear(pooled, self.weights["classifier.weight"], self.weights["classifier.bias"])  # (B, C)

  # The methods that serve take no mask where no row is padded.
  def forward(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor]=None) -> Tensor:
    return self.head(input_ids, attention_mask, False)

  # (B, T) -> (B, H)
  def cls_vectors(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor]=None) -> Tensor:
    return self.encode(input_ids, attention_mask, True, False)[:, 0].to(6)

  def last_hidden_state(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor]=None) -> Tensor:
    return self.encode(input_ids, attention_mask, False, False)

  # input_ids (1, T) -> for each layer the largest magnitude of each channel, (H), at the input of query, key and value,
  # of attention_output and of intermediate. Not for several threads at once.
  def activation_maxima(self: __torch__.BertClassifier, input_ids: Tensor) -> List[Tensor]:
    self.maxima = annotate(List[Tensor], [])
    self.observing = True
    x = self.encode(input_ids, None, False, False)
    self.observing = False
    return self.maxima

  # Both vectors that a head may read, [CLS]'s and the tokens' mean: (B, T) -> (B, 2, H)
  def pooled(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor]=None) -> Tensor:
    x = self.encode(input_ids, attention_mask, False, False)                    # (B, T, H)
    return torch.stack([x[:, 0], self.mean(x, attention_mask)], 1)              # (B, 2, H)

  # Integrated gradients (Sundararajan et al. 2017) of one logit along the straight path from [PAD]'s word vector to the
  # text's, by the midpoint rule; points of short texts, S of them, go through the layers together. input_ids (1, T);
  # moved (T): 1 for tokens that travel, 0 for [CLS] and [SEP], which stay; output and steps: scalars -> (T + 2): each
  # token's contribution, then the logits at the path's end and start.
  def integrated_gradients(self: __torch__.BertClassifier, input_ids: Tensor, moved: Tensor, output: Tensor, steps: Tensor) -> Tensor:
    layers = annotate(List[__torch__.Layer], [])
    for i in range(self.num_layers):
      layers.append(self.layer_weights(i, False))
    end = self.words(input_ids)                                                 # (1, T, H)
    start = torch.where(torch.ne(moved, 0)[:, None], self.words(torch.zeros_like(input_ids) + self.pad), end)  # (1, T, H)
    c = int(output)
    n = int(steps)
    total = torch.zeros_like(end)                                               # (1, T, H)
    torch.set_grad_enabled(True)
    together = max(1, 512 // input_ids.size(1))
    for first in range(0, n, together):
      at = (torch.arange(first, min(first + together, n)).type_as(end) + 0.5) / float(n)  # (S)
      point = (start + (end - start) * at[:, None, None]).detach().requires_grad_(True)  # (S, T, H)
      logit = self.logits(point, layers)[:, c].sum()
      total.add_(unchecked_cast(Tensor, torch.grad([logit], [point], None, None, False, False)[0]).sum([0], True))
    torch.set_grad_enabled(False)
    contributions = (total * (end - start)).sum([0, 2]) / float(n)              # (T)
    return torch.cat([contributions, self.logits(end, layers)[0, c:c + 1], self.logits(start, layers)[0, c:c + 1]])

  # word (S, T, H) -> (S, C), by layers that have a gradient
  def logits(self: __torch__.BertClassifier, word: Tensor, layers: List[__torch__.Layer]) -> Tensor:
    x = self.embed(word, False)                                                 # (S, T, H)
    for i in range(self.num_layers):
      x = self.layer(x, None, layers[i], not self.mean_pooling and i == self.num_layers - 1, False)
    return torch.linear(x.mean([1]), self.weights["classifier.weight"], self.weights["classifier.bias"])  # (S, C)

  # Mean loss of the batch. targets: class numbers (B) for multi-class, else 0 or 1 (B, C).
  # label_weights (C): pos_weight, or the classes' weights.
  def loss(self: __torch__.BertClassifier, logits: Tensor, targets: Tensor, label_weights: Tensor) -> Tensor:
    if self.multi_class:
      mean = torch.cross_entropy_loss(logits, targets, label_weights, 1, -100, self.label_smoothing)
    else:
      smooth = targets * (1. - self.label_smoothing) + self.label_smoothing / 2.
      mean = torch.binary_cross_entropy_with_logits(logits, smooth, None, label_weights, 1)
    return mean

  # Adds the gradients of share * (the micro-batch's mean loss) to those since the last update; returns the mean loss.
  def backward(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Tensor, targets: Tensor, label_weights: Tensor, share: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    return self.add_gradients(self.loss(self.head(input_ids, attention_mask, True), targets, label_weights), share)

  # Of the loss; turns the grad mode off again.
  def add_gradients(self: __torch__.BertClassifier, loss: Tensor, share: Tensor) -> Tensor:
    optional = torch.grad([loss * share], self.trainable, None, None, False, False)
    torch.set_grad_enabled(False)
    grads = annotate(List[Tensor], [])
    for g in optional:
      grads.append(unchecked_cast(Tensor, g))
    if len(self.grads) > 0:
      torch._foreach_add_(self.grads, grads)
    else:
      self.grads = grads
    return loss.detach()

  # The same for rows that are read in windows: of (B, W) is 1 where a window is one of a row's. Targets are the rows'.
  def backward_windows(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Tensor, of: Tensor, targets: Tensor, label_weights: Tensor, share: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    windows = self.head(input_ids, attention_mask, True)  # (W, C)
    if self.multi_class:
      logits = torch.matmul(of / torch.sum(of, [1], True), windows)  # (B, C), the mean
    else:
      logits = torch.amax(torch.unsqueeze(windows, 0) + torch.unsqueeze((of - 1.) * 1e30, 2), [1])  # (B, C)
    return self.add_gradients(self.loss(logits, targets, label_weights), share)

  # The gradients since the last update, for tests.
  def gradients(self: __torch__.BertClassifier, like: Tensor) -> List[Tensor]:
    return self.grads

  # Also turns the grad mode off, which an error in backward leaves on. DJL needs a tensor back: "like" itself.
  def discard_gradients(self: __torch__.BertClassifier, like: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    self.grads = annotate(List[Tensor], [])
    return like

  # Overwrites an array of the training state.
  def assign(self: __torch__.BertClassifier, values: Tensor, to: Tensor) -> Tensor:
    to.copy_(values)
    return values

  # torch.nn.utils.clip_grad_norm_, its 1e-6 included: scales all gradients down if their global norm exceeds the maximum.
  # Returns the norm before.
  def clip(self: __torch__.BertClassifier) -> Tensor:
    norm = torch.norm(torch.stack(torch._foreach_norm(self.grads, 2)))
    torch._foreach_mul_(self.grads, torch.clamp(self.max_gradient_norm / (norm + 1e-6), None, 1.))
    return norm

  # Decoupled weight decay (Loshchilov and Hutter 2019), one fused call a group.
  # The lists it writes to must be attributes: libtorch removes the call as dead code if they are local variables.
  def adamw(self: __torch__.BertClassifier, learning_rate: Tensor) -> None:
    self.step[0].add_(1)
    for g in range(len(self.group_decay)):
      torch._fused_adamw_(self.group_weights[g], self.of_group(self.grads, g), self.group_exp_avg[g], self.group_exp_avg_sq[g], annotate(List[Tensor], []), self.group_steps[g], lr=learning_rate * self.group_rate[g], beta1=0.9, beta2=0.999, weight_decay=self.group_decay[g], eps=1e-08, amsgrad=False, maximize=False)
    return None

  # Clips the gradients since the last update and takes AdamW's step; returns their global norm before clipping.
  def update(self: __torch__.BertClassifier, learning_rate: Tensor) -> Tensor:
    norm = self.clip()
    self.adamw(learning_rate)
    self.grads = annotate(List[Tensor], [])
    return norm
