import type { ModelLocation } from '../../../../src-contract/contract/functions/location.ts'
import type { GraphValue, Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { isAttentionMask } from '../../../../src-contract/util/symbolic-sizes.ts'
import { askedInputs, type InputChoice, readShape, smallestShape } from '../try/inputs/input-choice.ts'
import { prefilled } from '../try/inputs/prefill.ts'
import { inComment } from './in-comment.ts'
import { quoted, type SnippetModel } from './snippets.ts'

const numpyTypes: Record<string, string> = {
  float: 'np.float32',
  double: 'np.float64',
  float16: 'np.float16',
  bool: 'np.bool_',
  string: 'object',
}

const numpyType = (elementType: string) => numpyTypes[elementType] ?? `np.${elementType}`

/** A tensor, a sequence of them, or an optional of either; the element type is theirs. */
const plainType = /^(optional\()?(seq\()?tensor\(\w+\)+$/

/** A value that the model most likely takes, as numpy makes it; of a sequence a single element, and of what else there is its place alone. */
function inputLine(input: GraphValue, choice: InputChoice | undefined, dimensions: Record<string, number>): string {
  const isPlain = input.Kind === 'tensor' || plainType.test(input.Type)
  if (!isPlain) return `    # ${inComment(quoted(input.Name))}: ${inComment(input.Type)}`
  const open = (input.Shape ?? []).filter((size) => typeof size !== 'number').map((size) => size ?? '?')
  const note = open.length > 0 ? `  # open: ${inComment(open.join(', '))}` : ''
  const dtype = numpyType(input.ElementType)
  const shape =
    choice && 'shape' in choice && choice.shape !== undefined ? choice.shape : smallestShape(input, dimensions)
  const sizes = readShape(input.Name, shape)
  const made =
    choice?.kind === 'json'
      ? `np.array(${choice.text}, dtype=${dtype})`
      : input.ElementType === 'string'
        ? `np.full((${sizes.join(', ')}${sizes.length === 1 ? ',' : ''}), "", dtype=object)`
        : `np.${isAttentionMask(input.Name) ? 'ones' : 'zeros'}((${sizes.join(', ')}${sizes.length === 1 ? ',' : ''}), dtype=${dtype})`
  return `    ${quoted(input.Name)}: ${input.Type.includes('seq(') ? `[${made}]` : made},${note}`
}

/** Where the file comes from: its own path; with its external files next to it in a separate folder; or, where no path may be known, the API. */
function fileLines(model: SnippetModel, location: ModelLocation | null): string[] {
  if (location && location.External.length === 0) return [`path = ${quoted(location.Path)}`]
  if (location)
    return [
      'from pathlib import Path',
      'from shutil import copyfile',
      'from tempfile import mkdtemp',
      '',
      '# Its weights are in external files, which must be next to it under these names',
      'path = Path(mkdtemp()) / "model.onnx"',
      'files = {',
      `    path: ${quoted(location.Path)},`,
      ...location.External.map(({ Location, Path }) => `    path.parent / ${quoted(Location)}: ${quoted(Path)},`),
      '}',
      'for target, source in files.items():',
      '    target.parent.mkdir(parents=True, exist_ok=True)',
      '    copyfile(source, target)',
    ]
  return [
    'from pathlib import Path',
    'from urllib.request import Request, urlopen',
    '',
    `token = Path(${quoted(model.tokenFile)}).read_text().strip()`,
    `request = Request(${quoted(model.url + (model.downloadPath ?? ''))}, headers={"Authorization": f"Bearer {token}"})`,
    `path = Path(${quoted(`${model.name.replaceAll('/', '_')}.onnx`)})`,
    'path.write_bytes(urlopen(request).read())',
  ]
}

/** Running the model with onnxruntime in Python, without the cabinet. */
export function runtimeSnippet(
  model: SnippetModel,
  report: Pick<Inspection, 'Inputs'>,
  location: ModelLocation | null,
): string {
  const inputs = askedInputs(report)
  const [{ choices, dimensions }] = prefilled(inputs)
  return [
    'import numpy as np',
    'import onnxruntime',
    ...fileLines(model, location),
    '',
    'session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])',
    'inputs = {',
    ...inputs.map((input) => inputLine(input, choices[input.Name], { ...dimensions })),
    '}',
    'for output, value in zip(session.get_outputs(), session.run(None, inputs)):',
    '    print(output.name, np.shape(value))',
  ].join('\n')
}
