import { dirname, sep } from 'node:path'

/** Texts hold names that a hostile model chose, of any length. */
const LONGEST = 8 * 1024

/**
 * ONNX Runtime's error text without what means nothing to a person: C++ source locations and signatures, error codes, and the
 * path under which the model was opened. Written against the texts of 1.30 on Linux, and the like forms of other compilers.
 */
export function cleanFailure(text: string, modelPath: string): string {
  let rest = text
    .slice(0, LONGEST)
    .replaceAll(modelPath, 'the model')
    .replaceAll(dirname(modelPath) + sep, '')
  rest = rest.replace(/\[ONNXRuntimeError\] : \d+ : [A-Z_]+ : /g, '')
  rest = rest.replace(/^Load model from .*? failed:\s*/s, '').replace(/^Load model .*? failed\.\s*/s, '')
  rest = rest.replace(
    /Non-zero status code returned while running (\S+) node\. Name:'([^']*)' Status Message: /g,
    inNode,
  )
  rest = dropSourceLocations(rest)
  rest = rest.replace(/^(Exception during initialization|Fatal error|Error):\s*/, '')
  return rest.replace(/\s+/g, ' ').trim()
}

function inNode(_: string, operator: string, name: string): string {
  return name === '' ? `operator ${operator}: ` : `operator ${operator} ("${name}"): `
}

const LOCATION = /(?:\S*[\\/])?[\w.-]+\.(?:cc|cpp|cxx|h|hpp|cu|cuh):\d+ /

/** Drops `/x/y.cc:12 void a::b(const c&) [with d = e] ` wherever it stands. */
function dropSourceLocations(text: string): string {
  let rest = text
  for (;;) {
    const found = LOCATION.exec(rest)
    if (!found) return rest
    rest = rest.slice(0, found.index) + afterSignature(rest.slice(found.index + found[0].length))
  }
}

/** What follows the C++ function's name or signature that the text may start with. */
function afterSignature(text: string): string {
  const parameters = text.indexOf('(')
  const name = parameters < 0 ? '' : text.slice(0, parameters)
  // GCC and Clang print the whole signature. A sentence that happens to have parentheses has no `::` right before them.
  if (!/::[~\w]+(?:<[^(]*>)?$/.test(name)) return text.replace(/^\w+(?:::[~\w]+)* (?=[A-Z[])/, '')
  let rest = text.slice(closing(text, parameters) + 1)
  rest = rest.replace(/^(?:::<lambda\(.*?\)>| const| noexcept)*/, '').trimStart()
  return rest.startsWith('[with ') ? rest.slice(closing(rest, 0) + 1).trimStart() : rest
}

/** Index of the bracket that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length; index++) {
    if ('([{'.includes(text[index] ?? '')) depth++
    else if (')]}'.includes(text[index] ?? '')) depth--
    if (depth === 0) return index
  }
  return text.length
}
