import type { Random } from '../../../bench/data/random.ts'
import { mutateBytes } from './bytes.ts'

const BLOCK = 512
/** Place and width of a header's fields (POSIX ustar). */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  size: [124, 12],
  mtime: [136, 12],
  type: [156, 1],
  linkName: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const
const texts = ['../x', '/etc/x', 'a/../../b', '', '.', '77777777777', '-1', '0x10', 'é\0é', ' ', '18446744073709551615']
const types = '\x00012345678xgLKSNVMDIAX'
const pax = [
  '30 path=../../../../etc/passwd\n',
  '99999999999 size=1\n',
  '12 size=-99\n',
  '20 size=999999999999\n',
  'path=x\n',
  '0 \n',
  '22 GNU.sparse.major=1\n',
  '19 __proto__=hello\n',
]

/** A copy of a tar archive in which some header is not true. Most have their checksum right again, so that a reader believes them. */
export function mutateTar(bytes: Uint8Array, random: Random): Uint8Array {
  const tar = Buffer.from(bytes)
  const at = random.below(Math.floor(tar.length / BLOCK)) * BLOCK
  const header = tar.subarray(at, at + BLOCK)
  if (random.chance(0.15)) return mutateBytes(tar, tar, random)
  if (random.chance(0.2)) return withRecord(tar, at, random)
  const [place, width] = random.pick(Object.values(fields))
  if (random.chance(0.3)) for (let index = 0; index < width; index++) header[place + index] = random.below(256)
  else if (width === 1) header.write(random.pick([...types]), place, 'latin1')
  else {
    header.fill(0, place, place + width)
    header.write(random.pick(texts), place, width, 'latin1')
    // In base 256, as GNU tar writes what is too large for octal digits.
    if (random.chance(0.3)) header[place] = random.pick([0x80, 0xff])
  }
  if (random.chance(0.9)) writeChecksum(header)
  return tar
}

/** A record about the next file in front of one. */
function withRecord(tar: Buffer, at: number, random: Random): Buffer {
  const text = Buffer.from(random.pick(pax).repeat(1 + random.below(20)))
  const block = Buffer.from(tar.subarray(0, BLOCK))
  block.write(`${text.length.toString(8).padStart(11, '0')}\0`, fields.size[0], 'latin1')
  block.write(random.pick(['x', 'g', 'L', 'K', 'N']), fields.type[0], 'latin1')
  writeChecksum(block)
  const padding = Buffer.alloc((BLOCK - (text.length % BLOCK)) % BLOCK)
  return Buffer.concat([tar.subarray(0, at), block, text, padding, tar.subarray(at)])
}

function writeChecksum(header: Buffer): void {
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
}
