import { type ElementType, elementTypeOfCode } from '../../src-contract/contract/models/element-type.ts'
import type { FailureReason } from '../../src-contract/contract/models/inspection.ts'
import { pastProtobuf } from '../../src-contract/words/report-words.ts'
import { cleanFailure } from './clean-failure.ts'
import type { OpenedModel } from './tasks.ts'

/** Why a model does not run, sorted, and in a sentence for a person. */
export type Explanation = { Reason: FailureReason; Message: string }

type Found = (string | undefined)[]
type Rule = {
  pattern: RegExp
  reason: FailureReason
  /** Whether the rule is for what was found; by default it is. */
  applies?(found: Found): boolean
  say(found: Found, clean: string, fileSize: number): string
}

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

/** Operators that operator set 7 defined anew, and others of which an earlier one followed the first. */
const changedAt7 =
  /^(Add|And|AveragePool|BatchNormalization|Div|Dropout|Equal|GRU|Gemm|Greater|LSTM|Less|Mul|Or|PRelu|Pow|RNN|Sub|Upsample|Xor)$/
const changedBefore7 =
  /^(Abs|Cast|Ceil|Clip|Concat|Elu|Exp|Floor|GlobalLpPool|HardSigmoid|InstanceNormalization|LeakyRelu|Log|LpPool|Max|Mean|Min|Neg|Pad|Reciprocal|Relu|Reshape|Selu|Sigmoid|Split|Sqrt|Sum|Tanh|Tile)$/

/** Whether a model asks for this version of an operator only where its operator set is older than 7. */
function isTooOld(operator: string, version: number): boolean {
  return (version < 7 && changedAt7.test(operator)) || (version === 1 && changedBefore7.test(operator))
}

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
    pattern: NO_MEMORY,
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
    pattern: /Op registered for (\S+) is deprecated in domain_version of (\d+)/,
    reason: 'operator',
    say: ([operator, version]) =>
      `Version ${version} of the operator set no longer has ${operator}; the model must be exported again, or under an older version.`,
  },
  {
    pattern: /EPContext node generated by '([^']*)' is not compatible with any execution provider/,
    reason: 'kernel',
    say: ([source = '']) => {
      const provider = source.replace(/ExecutionProvider$/, '')
      return /^\(?unknown\)?$|^$/.test(provider)
        ? 'It was compiled for an execution provider that it does not name, and needs an ONNX Runtime that has it.'
        : `It was compiled for the execution provider ${provider}, and needs an ONNX Runtime that has it.`
    },
  },
  {
    pattern: /(?:Could not find an implementation|Failed to find kernel) for (\w+)\((\d+)\)/,
    reason: 'operator',
    applies: ([operator = '', version]) => isTooOld(operator, Number(version)),
    say: ([operator, version]) =>
      `${operator}-${version} is too old for ONNX Runtime, which has CPU kernels for operator set 7 and newer; convert the model to a newer one.`,
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
    pattern: /the graph is not acyclic/,
    reason: 'invalid',
    say: () => 'Its graph has a cycle: values depend on each other, so it cannot be run in any order.',
  },
  {
    pattern: /Node input '(.*?)' is not a graph input, initializer, or output|Graph output \((.*?)\) does not exist/s,
    reason: 'invalid',
    say: ([input, output]) => `Nothing in its graph makes the value “${cut(input ?? output ?? '')}”.`,
  },
  {
    pattern: /must be topologically sorted, however input '(.*?)' of node/s,
    reason: 'invalid',
    say: ([name = '']) => `Nothing in its graph makes the value “${cut(name)}” before it is used.`,
  },
  {
    pattern: /Duplicate definition of name \((.*?)\)/s,
    reason: 'invalid',
    say: ([name = '']) => `Its graph makes the value “${cut(name)}” more than once.`,
  },
  {
    pattern: /function definitions must not be recursive/,
    reason: 'invalid',
    say: () => 'One of its functions calls itself, directly or through others.',
  },
  {
    pattern: /Protobuf parsing failed/,
    reason: 'invalid',
    say: (_, __, size) =>
      pastProtobuf(size, 'ONNX Runtime cannot open it') ?? 'The file is damaged or is not an ONNX model.',
  },
  {
    pattern: /does not have a graph/,
    reason: 'invalid',
    say: () => 'The file has no graph.',
  },
]

/** Sorts the text with which ONNX Runtime refused the model at this path, and puts it in plain words. */
export function explainFailure(text: string, model: OpenedModel, fileSize = 0): Explanation {
  const clean = cleanFailure(text, model.path)
  for (const { pattern, reason, applies, say } of rules) {
    const found = pattern.exec(text)?.slice(1)
    if (!found || applies?.(found) === false) continue
    const known = reason === 'external' ? model.externalMessage : undefined
    return { Reason: reason, Message: known ?? say(found, clean, fileSize) }
  }
  const stripped = clean.replace(/^This is an invalid model\.\s*/, '')
  return { Reason: 'invalid', Message: `ONNX Runtime finds the model invalid: ${sentence(stripped)}` }
}

/** A name that a hostile model chose, of any length. */
function cut(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name
}

/** Drops the C++ condition of an assertion: `a < b was false. `. */
function withoutCondition(text: string): string {
  return text.replace(/^.*? was false\.\s*/, '')
}

function sentence(text: string): string {
  const short = text.length > 400 ? `${text.slice(0, 400)}…` : text
  return /[.!?…]$/.test(short) ? short : `${short}.`
}
