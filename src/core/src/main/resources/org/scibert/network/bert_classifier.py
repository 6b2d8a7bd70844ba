# BERT, [CLS] -> dropout -> linear, and its training. TorchScript: libtorch compiles this text as it stands.
#
# Shapes: B rows, T tokens (the longest row's), Q tokens whose output is wanted (T, or 1 for [CLS] alone),
#         H hidden size, A heads, D = H / A, F intermediate size, C outputs.
# weights: in the order of WeightNames.java: 5 of the embeddings, 16 a layer, 2 of the head.
class BertClassifier(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  layer_norm_eps : float
  gelu : str                      # "none" (erf) or "tanh"
  hidden_dropout : float
  attention_dropout : float
  head_dropout : float
  multi_class : bool              # cross-entropy; else binary cross-entropy of each logit
  label_smoothing : float
  max_gradient_norm : float
  bf16 : bool                     # the encoder's training in bfloat16, with weights and updates in fp32
  precision : str                 # of the linear layers in serving: "fp32", "fp16" or "int8"
  weights : List[Tensor]
  scales : List[Tensor]           # int8: what a row of each weight is multiplied by, (rows); else empty
  reordered : List[Tensor]        # fp32: linear weights in oneDNN's layout, as "packed"
  packed : List[__torch__.torch.classes.quantized.LinearPackedParamsBase]  # fp16, int8: 6 a layer
  trainable : List[Tensor]        # the weights that learn
  grads : List[Tensor]            # of each of these, summed since the last update; empty after one
  step : List[Tensor]             # AdamW's step counter, one 0-d tensor
  group_weights : List[List[Tensor]]
  group_exp_avg : List[List[Tensor]]     # AdamW's first moments
  group_exp_avg_sq : List[List[Tensor]]  # AdamW's second moments
  group_steps : List[List[Tensor]]       # the step counter, as often as the group has weights
  group : List[int]               # the parameter group of each weight that learns
  group_decay : List[float]       # weight decay of each group
  group_rate : List[float]        # what each group's learning rate is multiplied by

  def bind(self: __torch__.BertClassifier, weights: List[Tensor]) -> None:
    self.weights = weights
    return None

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
    found = annotate(List[Tensor], [])
    for i in range(len(all)):
      if self.group[i] == g:
        found.append(all[i])
    return found

  def bind_scales(self: __torch__.BertClassifier, scales: List[Tensor]) -> None:
    self.scales = scales
    return None

  # Puts the linear layers' weights into the layout that their kernels read, once, for serving.
  def prepack(self: __torch__.BertClassifier) -> None:
    for i in range(5, len(self.weights) - 2):
      w = self.weights[i]
      if w.dim() == 2:
        if self.precision == "int8":
          zeros = torch.zeros_like(self.scales[i], dtype=3)
          q = torch._make_per_channel_quantized_tensor(w, self.scales[i], zeros, 0)
          self.packed.append(ops.quantized.linear_prepack(q, self.weights[i + 1]))
        elif self.precision == "fp16":
          self.packed.append(ops.quantized.linear_prepack_fp16(w.to(6), self.weights[i + 1]))
        else:
          self.reordered.append(ops.mkldnn._reorder_linear_weight(w, 64))
    return None

  # Where a linear weight is in "packed": of a layer's 16 weights, the 6 linear ones are 0, 2, 4, 6, 10 and 12.
  def slot(self: __torch__.BertClassifier, i: int) -> int:
    nth = (i - 5) % 16 // 2
    if nth > 4:
      nth = nth - 1
    return (i - 5) // 16 * 6 + nth

  # x (*, in) -> (*, out) by weights[i] (out, in) and weights[i + 1] (out), in x's type
  def linear(self: __torch__.BertClassifier, x: Tensor, i: int) -> Tensor:
    if len(self.reordered) > 0:
      y = ops.mkldnn._linear_pointwise(x, self.reordered[self.slot(i)], self.weights[i + 1], "none", annotate(List[Optional[number]], []), "")
    elif len(self.packed) == 0:
      y = torch.linear(x, self.weights[i].type_as(x), self.weights[i + 1].type_as(x))
    elif self.precision == "fp16":
      y = ops.quantized.linear_dynamic_fp16(x, self.packed[self.slot(i)])
    else:
      # Without reduce_range, which costs accuracy: the weights stay within 63, so that pairs of products fit 16 bits.
      y = ops.quantized.linear_dynamic(x, self.packed[self.slot(i)], False)
    return y

  # As torch.dropout. On a CPU that draws 64 random bits an element, one after the other: a seventh of a train step.
  # Here 16 bits decide, a quarter of a 64-bit draw; p is thereby rounded to a multiple of 2 ** -16.
  def dropout(self: __torch__.BertClassifier, x: Tensor, p: float, train: bool) -> Tensor:
    if not train or p == 0.:
      y = x
    elif x.is_cuda:
      y = torch.dropout(x, p, True)
    else:
      n = x.numel()
      draws = torch.empty([(n + 3) // 4], dtype=4).random_(-9223372036854775807 - 1, None)
      keep = torch.ge(torch.view_copy(draws, dtype=2)[0:n], min(int(p * 65536. + 0.5), 65535) - 32768)  # dtype 2: 16 bits
      y = x * torch.where(keep, 1. / (1. - p), 0.).type_as(x).view(x.size())
    return y

  # q (B, A, Q, D); k, v (B, A, T, D); mask (B, 1, 1, T), true where attention looks -> (B, A, Q, D)
  def attend(self: __torch__.BertClassifier, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], train: bool) -> Tensor:
    p = 0.
    if train:
      p = self.attention_dropout
    if p == 0. or q.is_cuda:
      a = torch.scaled_dot_product_attention(q, k, v, mask, p, False)
    else:
      # What libtorch does as well where dropout is asked for on a CPU, with the dropout above.
      scores = torch.matmul(q * float(q.size(3)) ** -0.5, k.transpose(2, 3))
      if mask is not None:
        scores = scores.add_(torch.logical_not(mask).type_as(q), alpha=-1e+38)
      a = torch.matmul(self.dropout(torch.softmax(scores, 3), p, True), v)
    return a

  # x + y, normalised by weights[i] and weights[i + 1]: (B, Q, H)
  def add_norm(self: __torch__.BertClassifier, x: Tensor, y: Tensor, i: int) -> Tensor:
    return torch.layer_norm(x + y, [x.size(-1)], self.weights[i].type_as(x), self.weights[i + 1].type_as(x), self.layer_norm_eps, False)

  # (B, T) -> (B, T, H)
  def embed(self: __torch__.BertClassifier, input_ids: Tensor, train: bool) -> Tensor:
    w = self.weights
    tokens = torch.embedding(w[0], input_ids).to(6)
    if len(self.scales) > 0:
      tokens = tokens * torch.embedding(self.scales[0][:, None], input_ids)
    positions = w[1][0:input_ids.size(1)] + w[2][0]
    return self.dropout(self.add_norm(tokens, positions, 3), self.hidden_dropout, train)

  # x (B, Q, H) -> (B, A, Q, D)
  def split_heads(self: __torch__.BertClassifier, x: Tensor) -> Tensor:
    return x.view([x.size(0), x.size(1), self.heads, -1]).transpose(1, 2)

  # One transformer layer: x (B, T, H) -> (B, Q, H); first is the index of the layer's first weight.
  def layer(self: __torch__.BertClassifier, x: Tensor, mask: Optional[Tensor], first: int, cls_only: bool, train: bool) -> Tensor:
    wanted = x
    if cls_only:
      wanted = x[:, 0:1]
    q = self.split_heads(self.linear(wanted, first))
    k = self.split_heads(self.linear(x, first + 2))
    v = self.split_heads(self.linear(x, first + 4))
    a = self.attend(q, k, v, mask, train)
    a = a.transpose(1, 2).reshape(wanted.size())
    a = self.dropout(self.linear(a, first + 6), self.hidden_dropout, train)
    a = self.add_norm(a, wanted, first + 8)
    f = torch.gelu(self.linear(a, first + 10), approximate=self.gelu)
    f = self.dropout(self.linear(f, first + 12), self.hidden_dropout, train)
    return self.add_norm(f, a, first + 14)

  # input_ids, attention_mask (B, T) -> (B, Q, H); without a mask every token is real.
  def encode(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor], cls_only: bool, train: bool) -> Tensor:
    mask = annotate(Optional[Tensor], None)
    if attention_mask is not None:
      mask = torch.ne(attention_mask, 0)[:, None, None, :]
    x = self.embed(input_ids, train)
    if train and self.bf16:
      x = x.to(15)
    for i in range(self.layers):
      x = self.layer(x, mask, 5 + 16 * i, cls_only and i == self.layers - 1, train)
    return x

  # (B, T) -> (B, C)
  def head(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Optional[Tensor], train: bool) -> Tensor:
    cls = self.encode(input_ids, attention_mask, True, train)[:, 0].to(6)
    n = len(self.weights)
    return torch.linear(self.dropout(cls, self.head_dropout, train), self.weights[n - 2], self.weights[n - 1])

  def forward(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    return self.head(input_ids, attention_mask, False)

  def last_hidden_state(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    return self.encode(input_ids, attention_mask, False, False)

  # Mean loss of the batch. targets: class numbers (B) for multi-class, else 0 or 1 (B, C).
  # label_weights (C): pos_weight, or the classes' weights.
  def loss(self: __torch__.BertClassifier, logits: Tensor, targets: Tensor, label_weights: Tensor) -> Tensor:
    if self.multi_class:
      mean = torch.cross_entropy_loss(logits, targets, label_weights, 1, -100, self.label_smoothing)
    else:
      smooth = targets * (1. - self.label_smoothing) + self.label_smoothing / 2.
      mean = torch.binary_cross_entropy_with_logits(logits, smooth, None, label_weights, 1)
    return mean

  # Takes the gradients of share x the micro-batch's mean loss and adds them to those taken since the last update.
  # Gives the mean loss.
  def backward(self: __torch__.BertClassifier, input_ids: Tensor, attention_mask: Tensor, targets: Tensor, label_weights: Tensor, share: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    loss = self.loss(self.head(input_ids, attention_mask, True), targets, label_weights)
    taken = torch.grad([loss * share], self.trainable, None, None, False, False)
    torch.set_grad_enabled(False)
    grads = annotate(List[Tensor], [])
    for g in taken:
      grads.append(unchecked_cast(Tensor, g))
    if len(self.grads) > 0:
      torch._foreach_add_(self.grads, grads)
    else:
      self.grads = grads
    return loss.detach()

  # The gradients since the last update, for inspection.
  def gradients(self: __torch__.BertClassifier, like: Tensor) -> List[Tensor]:
    return self.grads

  # Also puts the grad mode back where an error in backward left it on. Gives nothing of interest.
  def discard_gradients(self: __torch__.BertClassifier, like: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    self.grads = annotate(List[Tensor], [])
    return like

  # Writes values over what stands in an array of the training state.
  def assign(self: __torch__.BertClassifier, values: Tensor, to: Tensor) -> Tensor:
    to.copy_(values)
    return values

  # Scales all gradients down where their common norm exceeds the maximum; gives the norm before.
  # As torch.nn.utils.clip_grad_norm_, 1e-6 included.
  def clip(self: __torch__.BertClassifier) -> Tensor:
    norm = torch.norm(torch.stack(torch._foreach_norm(self.grads, 2)))
    torch._foreach_mul_(self.grads, torch.clamp(self.max_gradient_norm / (norm + 1e-6), None, 1.))
    return norm

  # Decoupled weight decay (Loshchilov and Hutter 2019), one fused call a group.
  # The lists that it writes to are attributes: libtorch takes the call for dead code if they are local.
  def adamw(self: __torch__.BertClassifier, learning_rate: Tensor) -> None:
    self.step[0].add_(1)
    for g in range(len(self.group_decay)):
      torch._fused_adamw_(self.group_weights[g], self.of_group(self.grads, g), self.group_exp_avg[g], self.group_exp_avg_sq[g], annotate(List[Tensor], []), self.group_steps[g], lr=learning_rate * self.group_rate[g], beta1=0.9, beta2=0.999, weight_decay=self.group_decay[g], eps=1e-08, amsgrad=False, maximize=False)
    return None

  # One step with the gradients taken since the last: clipping, AdamW. Gives the gradients' norm before clipping.
  def update(self: __torch__.BertClassifier, learning_rate: Tensor) -> Tensor:
    norm = self.clip()
    self.adamw(learning_rate)
    self.grads = annotate(List[Tensor], [])
    return norm
