/** File types that a cabinet takes (contract.md 2, SupportedFileTypes). */
const FILE_TYPES = ['.onnx', '.zip']

export const isModelFile = (name: string): boolean => FILE_TYPES.some((type) => name.toLowerCase().endsWith(type))
