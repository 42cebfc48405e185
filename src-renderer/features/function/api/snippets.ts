import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { askedInputs, runRequest, toldDimensions } from '../try/inputs/input-choice.ts'
import { prefilled } from '../try/inputs/prefill.ts'
import { runObstacle } from '../try/run-obstacle.ts'

/** What the snippets are about: the function, where the API is, and where its token lies. */
export type SnippetModel = { uuid: string; name: string; url: string; tokenFile: string; downloadPath: string | null }

type Report = Inspection | undefined

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
export const quoted = (text: string) => JSON.stringify(text)

/** A body of `run` that the model most likely takes, as Try it is filled in; null where there is no model to run or none takes it. */
function runBody(report: Report, indent = 0): string | null {
  if (!report || runObstacle(report) !== null) return null
  const inputs = askedInputs(report)
  const [{ choices, dimensions }] = prefilled(inputs)
  const { Dimensions = {}, ...request } = runRequest(choices, toldDimensions(inputs, choices, dimensions), inputs)
  return JSON.stringify(Object.keys(Dimensions).length > 0 ? { ...request, Dimensions } : request, null, indent)
}

/** Reading a function and its file, and running it, with curl. */
export function curlSnippet({ uuid, url, tokenFile, downloadPath, name }: SnippetModel, report: Report): string {
  const token = `-H "Authorization: Bearer $(cat ${shellQuoted(tokenFile)})"`
  const lines = ['# Get the metadata of the model', `curl ${token} \\`, `  ${url}/function/${uuid}`]
  if (downloadPath !== null)
    lines.push(
      '',
      '# Download its file',
      `curl ${token} \\`,
      `  -o ${shellQuoted(`${name.replaceAll('/', '_')}.onnx`)} ${shellQuoted(url + downloadPath)}`,
    )
  const body = runBody(report)
  if (body !== null)
    lines.push(
      '',
      '# Run it here; to pass values, use "Data" instead of "Random"',
      `curl ${token} \\`,
      "  -H 'Content-Type: application/json' \\",
      `  -d ${shellQuoted(body)} \\`,
      `  ${url}/function/${uuid}/run`,
    )
  return lines.join('\n')
}

/** The same in Python, with nothing but its standard library. */
export function pythonSnippet({ uuid, url, tokenFile }: SnippetModel, report: Report): string {
  const body = runBody(report)
  const lines = [
    'import json',
    'from pathlib import Path',
    'from urllib.error import HTTPError',
    'from urllib.request import Request, urlopen',
    '',
    `token = Path(${quoted(tokenFile)}).read_text().strip()`,
    `function = ${quoted(`${url}/function/${uuid}`)}`,
    '',
    'def ask(url, body=None):',
    '    data = None if body is None else json.dumps(body).encode()',
    '    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}',
    '    try:',
    '        return json.load(urlopen(Request(url, data, headers)))',
    '    except HTTPError as error:',
    '        raise SystemExit(json.load(error)["Message"])',
    '',
    'model = ask(function)',
    'print(model["Name"], model["NamedInput"], model["NamedOutput"])',
  ]
  if (body !== null)
    lines.push(
      '',
      '# Run it here; to pass values, use "Data" instead of "Random"',
      `result = ask(function + "/run", json.loads(${quoted(body)}))`,
      'for name, output in result["Outputs"].items():',
      '    print(name, output["ElementType"], output["Shape"])',
    )
  return lines.join('\n')
}

/** The same in JavaScript, for Node. */
export function javascriptSnippet({ uuid, url, tokenFile }: SnippetModel, report: Report): string {
  const body = runBody(report, 2)
  const lines = [
    "import { readFile } from 'node:fs/promises'",
    '',
    `const token = (await readFile(${quoted(tokenFile)}, 'utf8')).trim()`,
    `const url = ${quoted(`${url}/function/${uuid}`)}`,
    "const headers = { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' }",
    '',
    'async function ask(path, options) {',
    '  const answer = await fetch(url + path, { headers, ...options })',
    '  const result = await answer.json()',
    '  if (!answer.ok) throw new Error(result.Message)',
    '  return result',
    '}',
    '',
    "const model = await ask('')",
    'console.log(model.Name, model.NamedInput, model.NamedOutput)',
  ]
  if (body !== null)
    lines.push(
      '',
      '// Run it here; to pass values, use "Data" instead of "Random"',
      `const body = ${body}`,
      "const { Outputs } = await ask('/run', { method: 'POST', body: JSON.stringify(body) })",
      'for (const [name, { ElementType, Shape }] of Object.entries(Outputs)) console.log(name, ElementType, Shape)',
    )
  return lines.join('\n')
}
