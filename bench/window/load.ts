import { readFile } from 'node:fs/promises'

// Another program at the cabinet's port: uploads so many models one after the other, and searches without a pause until that is done.
// Arguments: address, token, model file, number of uploads. Writes one line of JSON when it is done.

const [url = '', token = '', file = '', count = '0'] = process.argv.slice(2)
const headers = { Authorization: `Bearer ${token}` }
const model = await readFile(file)
const words = ['silero', 'conv', 'voice', 'vad v5', 'a', 'stft basis', 'model-4', 'lstm', 'nothing of the kind']
let uploading = true
let searches = 0

/** The model with one more entry of metadata, so that each upload has bytes of its own (ONNX, ModelProto field 14). */
function variant(number: number): Blob {
  const text = (field: number, value: string) => Buffer.concat([Buffer.from([field, value.length]), Buffer.from(value)])
  const entry = Buffer.concat([text(0x0a, 'number'), text(0x12, String(number))])
  return new Blob([model, Buffer.from([0x72, entry.length]), entry])
}

async function upload(): Promise<void> {
  for (let number = 0; number < Number(count); number++) {
    const form = new FormData()
    form.set('data', JSON.stringify({ Name: `model-${number}`, Documentation: 'Tells voice from silence.' }))
    form.set('file', variant(number), `model-${number}.onnx`)
    const response = await fetch(`${url}/functions`, { method: 'POST', headers, body: form })
    if (!response.ok) throw new Error(`upload ${number}: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  uploading = false
}

async function search(offset: number): Promise<void> {
  for (let number = offset; uploading; number++) {
    const q = encodeURIComponent(words[number % words.length] ?? '')
    const response = await fetch(`${url}/functions?q=${q}&Limit=50`, { headers })
    if (!response.ok) throw new Error(`search: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
    searches += 1
  }
}

const start = performance.now()
await Promise.all([upload(), ...[0, 3, 5, 7].map(search)])
process.stdout.write(
  `${JSON.stringify({ uploads: Number(count), searches, seconds: (performance.now() - start) / 1000 })}\n`,
)
