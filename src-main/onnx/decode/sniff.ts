type Signature = { offset: number; bytes: string; means: string }

/** Files that people keep beside models, by their first bytes (given as Latin-1), and what each begins like. */
const signatures: readonly Signature[] = [
  {
    offset: 4,
    bytes: 'ORTM',
    means: 'it is an ONNX Runtime model in the .ort format; the .onnx file that it was made from can be read',
  },
  { offset: 4, bytes: 'TFL3', means: 'it is a TensorFlow Lite model' },
  { offset: 0, bytes: '\x89PNG', means: 'it looks like a PNG image' },
  { offset: 0, bytes: '\xff\xd8\xff', means: 'it looks like a JPEG image' },
  { offset: 0, bytes: 'GIF8', means: 'it looks like a GIF image' },
  { offset: 8, bytes: 'WEBP', means: 'it looks like a WebP image' },
  { offset: 0, bytes: '%PDF', means: 'it looks like a PDF document' },
  { offset: 0, bytes: '\x89HDF', means: 'it looks like an HDF5 file, as Keras writes it' },
  { offset: 0, bytes: 'PK\x03\x04', means: 'it looks like a zip archive, as PyTorch writes it too' },
  { offset: 0, bytes: 'PK\x05\x06', means: 'it is an empty zip archive' },
  { offset: 0, bytes: '\x1f\x8b', means: 'it looks like a gzip archive' },
  { offset: 0, bytes: 'BZh', means: 'it looks like a bzip2 archive' },
  { offset: 0, bytes: '\xfd7zXZ', means: 'it looks like an xz archive' },
  { offset: 0, bytes: '\x28\xb5\x2f\xfd', means: 'it looks like a Zstandard archive' },
  { offset: 0, bytes: '7z\xbc\xaf', means: 'it looks like a 7-Zip archive' },
  { offset: 257, bytes: 'ustar', means: 'it looks like a tar archive' },
  { offset: 0, bytes: 'GGUF', means: 'it looks like a GGUF model' },
  { offset: 0, bytes: '\x93NUMPY', means: 'it looks like a NumPy array' },
  { offset: 0, bytes: 'SQLite format 3', means: 'it is an SQLite database' },
  { offset: 0, bytes: '\x7fELF', means: 'it looks like a program for Linux' },
  { offset: 0, bytes: 'MZ\x90', means: 'it looks like a program for Windows' },
  { offset: 0, bytes: 'ptrt', means: 'it looks like a TensorRT engine' },
  {
    offset: 0,
    bytes: 'version https://git-lfs',
    means: 'it is a Git LFS pointer, and the file itself was not downloaded; git lfs pull gets it',
  },
]

/** How many bytes from the beginning `sniff` wants to see. */
export const sniffLength = 512

/**
 * What a file that is no ONNX model begins like, as the end of a sentence about it; null where nothing is known.
 * `head` holds its first bytes, at most `sniffLength`.
 */
export function sniff(head: Uint8Array): string | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  const known = signatures.find(({ offset, bytes }) => text.startsWith(bytes, offset))
  if (known !== undefined) return known.means
  if (head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5)
    return 'it looks like a Python pickle, as PyTorch and scikit-learn write it'
  if (/^[\s\S]{8}\{"/.test(text) && isHeaderLength(head))
    return 'it looks like a SafeTensors file, which holds weights without a graph'
  if (/^\0+$/.test(text)) return 'its first bytes are all zero, as in an unfinished download'
  if (isText(head)) return describeText(text)
  return null
}

/** SafeTensors begins with the length of its JSON header, which is far below 4 GiB. */
function isHeaderLength(head: Uint8Array): boolean {
  return head[4] === 0 && head[5] === 0 && head[6] === 0 && head[7] === 0
}

/** Text is UTF-8 (cut off anywhere) without control characters other than white space. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from bytes
    return text.length > 0 && !/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text)
  } catch {
    return false
  }
}

function describeText(text: string): string {
  const start = text.trimStart()
  if (/^<!doctype html|^<html/i.test(start))
    return 'it is a web page, perhaps an error page saved instead of the download'
  if (start.startsWith('<?xml') || start.startsWith('<net')) return 'it looks like an XML file'
  if (/^[{[]\s*["{[}\]\d]/.test(start)) return 'it looks like a JSON file'
  return 'it is a text file'
}
