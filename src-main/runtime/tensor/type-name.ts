import { type ElementType, isElementType } from '../../../src-contract/contract/models/element-type.ts'

/** What numpy and ONNX Runtime's JavaScript call the types that ONNX names otherwise. */
const aliases: Record<string, ElementType> = { float32: 'float', float64: 'double', boolean: 'bool', str: 'string' }

/** The element type that a person or a program means by a name; undefined where there is none. */
export function elementTypeOfName(name: string): ElementType | undefined {
  if (isElementType(name)) return name
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined
}
