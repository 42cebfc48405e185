import { type ElementType, elementTypeOfCode } from '../../src-contract/contract/models/element-type.ts'
import type { FailureReason } from '../../src-contract/contract/models/inspection.ts'
import { cleanFailure } from './clean-failure.ts'

/** Why a model does not run, sorted, and in a sentence for a person. */
export type Explanation = { Reason: FailureReason; Message: string }

type Rule = { pattern: RegExp; reason: FailureReason; say(found: string[], clean: string): string }

const domainName = (domain: string) => (domain === '' || domain === 'ai.onnx' ? 'ai.onnx' : domain)
const noOperator = (operator: string, domain: string) =>
  `ONNX Runtime has no operator ${operator} in the domain ${domainName(domain)}.`

/**
 * The element type by ONNX Runtime's own number (ONNXTensorElementDataType in its C interface, 1.30): the same as ONNX's but for
 * those that it took up in another order.
 */
function runtimeElementType(code: number): ElementType {
  return ownCodes[code] ?? elementTypeOfCode(code)
}

const ownCodes: Readonly<Record<number, ElementType>> = { 24: 'uint2', 25: 'int2', 26: 'float8e8m0' }

const NO_MEMORY =
  /bad_alloc|bad allocation|Failed to allocate memory|out of memory|Cannot allocate memory|allocation failed/i

/** Whether ONNX Runtime ran out of memory. */
export function isMemoryFailure(text: string): boolean {
  return NO_MEMORY.test(text)
}

/**
 * First match wins. Sorted by what a person can do: another runtime build (operator, kernel), another exporter setting
 * (type, operator), the missing file (external), a bigger machine (memory), a repaired model (invalid).
 */
const rules: Rule[] = [
  {
    pattern:
      /bad_alloc|bad allocation|Failed to allocate memory|out of memory|Cannot allocate memory|allocation failed/i,
    reason: 'memory',
    say: () => 'Opening the model needs more memory than this machine has.',
  },
  {
    pattern: /^Unsupported data type: (\d+)/,
    reason: 'type',
    say: ([code]) =>
      `An input or output has the element type ${runtimeElementType(Number(code))}, which ONNX Runtime's JavaScript interface cannot pass.`,
  },
  {
    pattern: /MLDataType for: ((?:[^().]|\([^)]*\))+?) is not currently registered or supported/,
    reason: 'type',
    say: ([type]) => `ONNX Runtime has no values of the type ${type}, which the model uses.`,
  },
  {
    pattern: /External data path does not exist: "?.*[\\/]([^\\/"]+)"?/,
    reason: 'external',
    say: ([name]) => `Its weights are in another file, ${name}, which is missing.`,
  },
  {
    pattern: /External data path escapes model directory\. External data path: "([^"]*)"/,
    reason: 'external',
    say: ([name]) => `Its weights are in another file, ${name}, which is not inside the model's own folder.`,
  },
  {
    pattern: /Absolute path not allowed for external data/,
    reason: 'external',
    say: () => 'Its weights are in a file that it names by an absolute path, which ONNX Runtime refuses.',
  },
  {
    pattern: /external data|External initializer|external_data/i,
    reason: 'external',
    say: (_, clean) => `Its external weights cannot be read: ${sentence(clean)}`,
  },
  {
    pattern: /Opset (\d+) is under development.*official support for domain (\S+) is till opset (\d+)/s,
    reason: 'operator',
    say: ([opset, domain = '', newest]) =>
      `It uses version ${opset} of the operator set ${domainName(domain)}; this ONNX Runtime supports versions up to ${newest}.`,
  },
  {
    pattern: /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    reason: 'operator',
    say: ([version, newest]) => `It uses IR version ${version}; this ONNX Runtime supports versions up to ${newest}.`,
  },
  {
    pattern: /Fatal error: (.*?):([^:\s]+)\(-?\d+\) is not a registered function\/op/,
    reason: 'operator',
    say: ([domain = '', operator = '']) => noOperator(operator, domain),
  },
  {
    pattern: /In Node, \("[^"]*", ([^,]+), "([^"]*)",.*No opset import for domain '/s,
    reason: 'operator',
    say: ([operator = '', domain = '']) => noOperator(operator, domain),
  },
  {
    pattern: /No Op registered for (\S+) with domain_version of (\d+)/,
    reason: 'operator',
    say: ([operator, version]) => `ONNX Runtime has no operator ${operator} in version ${version} of its operator set.`,
  },
  {
    pattern: /Could not find an implementation for (\w+)\((\d+)\)/,
    reason: 'kernel',
    say: ([operator, version]) => `ONNX Runtime has no CPU kernel for ${operator}-${version} with these types.`,
  },
  {
    pattern: /Failed to find kernel for (\w+)\((\d+)\).*following type \((tensor\([^)]*\))/s,
    reason: 'kernel',
    say: ([operator, version, type]) => `ONNX Runtime has no CPU kernel for ${operator}-${version} with ${type}.`,
  },
  {
    pattern: /Failed to find kernel for (\w+)\((\d+)\)/,
    reason: 'kernel',
    say: ([operator, version]) => `ONNX Runtime has no CPU kernel for ${operator}-${version}.`,
  },
  {
    pattern: /Failed to construct locale with name:([\w.-]+)/,
    reason: 'kernel',
    say: ([locale]) => `It needs the locale ${locale}, which is not installed on this machine.`,
  },
  {
    pattern: /OrtValue indexes should have been populated/,
    reason: 'invalid',
    say: () => 'Its graph is empty: there is nothing to compute.',
  },
  {
    pattern: /Exception during initialization/,
    reason: 'kernel',
    say: (_, clean) => `ONNX Runtime cannot set up one of its operators: ${sentence(withoutCondition(clean))}`,
  },
  {
    pattern: /Protobuf parsing failed/,
    reason: 'invalid',
    say: () => 'The file is damaged or is not an ONNX model.',
  },
  {
    pattern: /does not have a graph/,
    reason: 'invalid',
    say: () => 'The file has no graph.',
  },
]

/** Sorts the text with which ONNX Runtime refused the model at this path, and puts it in plain words. */
export function explainFailure(text: string, modelPath: string): Explanation {
  const clean = cleanFailure(text, modelPath)
  for (const { pattern, reason, say } of rules) {
    const found = pattern.exec(text)
    if (found) return { Reason: reason, Message: say(found.slice(1), clean) }
  }
  const stripped = clean.replace(/^This is an invalid model\.\s*/, '')
  return { Reason: 'invalid', Message: `ONNX Runtime finds the model invalid: ${sentence(stripped)}` }
}

/** Drops the C++ condition of an assertion: `a < b was false. `. */
function withoutCondition(text: string): string {
  return text.replace(/^.*? was false\.\s*/, '')
}

function sentence(text: string): string {
  const short = text.length > 400 ? `${text.slice(0, 400)}…` : text
  return /[.!?…]$/.test(short) ? short : `${short}.`
}
