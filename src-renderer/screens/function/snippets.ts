import type { Inspection } from '../../../src-contract/inspection.ts'

/** What the snippets are about: the function, where the API is, and where the token lies. */
export type SnippetModel = { uuid: string; name: string; url: string; tokenFile: string; downloadPath: string | null }

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
const quoted = (text: string) => JSON.stringify(text)

/** Reading a function and its file with curl. */
export function curlSnippet({ uuid, url, tokenFile, downloadPath, name }: SnippetModel): string {
  const token = `-H "Authorization: Bearer $(cat ${shellQuoted(tokenFile)})"`
  const lines = ['# What is known of the model', `curl ${token} \\`, `  ${url}/function/${uuid}`]
  if (downloadPath !== null)
    lines.push(
      '',
      '# Its file',
      `curl ${token} \\`,
      `  -o ${shellQuoted(`${name}.onnx`)} ${shellQuoted(url + downloadPath)}`,
    )
  return lines.join('\n')
}

/** The same in Python, with nothing but its standard library. */
export function pythonSnippet({ uuid, url, tokenFile }: SnippetModel): string {
  return `import json
from pathlib import Path
from urllib.request import Request, urlopen

token = Path(${quoted(tokenFile)}).read_text().strip()
request = Request(
    ${quoted(`${url}/function/${uuid}`)},
    headers={"Authorization": f"Bearer {token}"},
)
model = json.load(urlopen(request))
print(model["Name"], model["NamedInput"], model["NamedOutput"])`
}

/** The same in JavaScript, for Node. */
export function javascriptSnippet({ uuid, url, tokenFile }: SnippetModel): string {
  return `import { readFile } from 'node:fs/promises'

const token = (await readFile(${quoted(tokenFile)}, 'utf8')).trim()
const response = await fetch(${quoted(`${url}/function/${uuid}`)}, {
  headers: { Authorization: \`Bearer \${token}\` },
})
const model = await response.json()
console.log(model.Name, model.NamedInput, model.NamedOutput)`
}

const numpyTypes: Record<string, string> = {
  float: 'np.float32',
  double: 'np.float64',
  float16: 'np.float16',
  bool: 'np.bool_',
  string: 'object',
}

const numpyType = (elementType: string) => numpyTypes[elementType] ?? `np.${elementType}`

/** Running the model with onnxruntime in Python; sizes that the model leaves open are 1. */
export function runtimeSnippet({ name, url, tokenFile, downloadPath }: SnippetModel, report: Inspection): string {
  const inputs = report.Inputs.filter((input) => !input.Initialized && input.Kind === 'tensor').map((input) => {
    const shape = (input.Shape ?? []).map((size) => (typeof size === 'number' ? size : 1))
    const open = (input.Shape ?? []).filter((size) => typeof size !== 'number').map((size) => size ?? '?')
    const note = open.length > 0 ? `  # open: ${open.join(', ')}` : ''
    return `    ${quoted(input.Name)}: np.zeros((${shape.join(', ')}${shape.length === 1 ? ',' : ''}), dtype=${numpyType(input.ElementType)}),${note}`
  })
  const file = `${name}.onnx`
  const fetching =
    downloadPath === null
      ? []
      : [
          'from pathlib import Path',
          'from urllib.request import Request, urlopen',
          '',
          `token = Path(${quoted(tokenFile)}).read_text().strip()`,
          `request = Request(${quoted(url + downloadPath)}, headers={"Authorization": f"Bearer {token}"})`,
          `Path(${quoted(file)}).write_bytes(urlopen(request).read())`,
          '',
        ]
  return [
    'import numpy as np',
    'import onnxruntime',
    ...fetching,
    `session = onnxruntime.InferenceSession(${quoted(file)})`,
    'inputs = {',
    ...inputs,
    '}',
    'for output, value in zip(session.get_outputs(), session.run(None, inputs)):',
    '    print(output.name, np.shape(value))',
  ].join('\n')
}
