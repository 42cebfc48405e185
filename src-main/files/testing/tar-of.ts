import { Header, type HeaderData } from 'tar/header'
import { Pax } from 'tar/pax'

/** The bytes of a tar archive with these files; `about` changes what the headers say of all of them. */
export function tarOf(files: Readonly<Record<string, Uint8Array>>, about: HeaderData = {}): Buffer {
  const entries = Object.entries(files).flatMap(([path, bytes]) => {
    const data = { path, mode: 0o644, size: bytes.length, mtime: new Date(0), type: 'File' as const, ...about }
    const header = new Header(data)
    const block = Buffer.alloc(512)
    const longName = header.encode(block) ? new Pax({ path }).encode() : Buffer.alloc(0)
    return [longName, block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return Buffer.concat([...entries, Buffer.alloc(1024)])
}
