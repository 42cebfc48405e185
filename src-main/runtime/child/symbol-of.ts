import type { InferenceSession } from 'onnxruntime-node'

/**
 * The name by which a size that an input leaves open is set: the model's own name for it, or its place where it has none, such
 * as `input[1]`. Null for a fixed size.
 */
export function symbolOf(input: InferenceSession.TensorValueMetadata, axis: number): string | null {
  const size = input.shape[axis]
  if (typeof size === 'number') return null
  return size ? size : `${input.name}[${axis}]`
}
