# A matrix product by one of libtorch's kernels, to be timed. TorchScript, as in bert_classifier.py.
#
# Shapes: N rows, I inputs, O outputs. dtypes: 6 float32, 15 bfloat16.

class MatrixProduct(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  kernel : str                    # "fp32" (MKL on a CPU), "onednn" (fp32) or "bf16"
  factors : List[Tensor]          # x (N, I) and the weight (O, I), as the kernel reads them

  # x (N, I), weight (O, I); DJL needs a tensor back: x itself
  def prepare(self: __torch__.MatrixProduct, x: Tensor, weight: Tensor) -> Tensor:
    if self.kernel == "onednn":
      self.factors = [x, ops.mkldnn._reorder_linear_weight(weight, 64)]
    elif self.kernel == "bf16":
      self.factors = [x.to(15), weight.to(15)]
    else:
      self.factors = [x, weight]
    return x

  # DJL needs a tensor as argument: any one. Returns one number of the product (N, O), computed when it is read.
  def multiply(self: __torch__.MatrixProduct, like: Tensor) -> Tensor:
    x = self.factors[0]
    weight = self.factors[1]
    if self.kernel == "onednn":
      y = ops.mkldnn._linear_pointwise(x, weight, None, "none", annotate(List[Optional[number]], []), "")
    else:
      y = torch.linear(x, weight, None)
    return y[0, 0].to(6)
