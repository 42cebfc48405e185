/**
 * Makes ONNX Runtime's JavaScript interface take float16 values as Uint16Array. Where the engine has Float16Array (Node 24), the
 * interface turns them into that, which its native part (1.30) takes for an empty array
 * (microsoft/onnxruntime pull request 32323). To be called before the first tensor.
 */
export function passFloat16AsUint16(): void {
  Reflect.deleteProperty(globalThis, 'Float16Array')
}
