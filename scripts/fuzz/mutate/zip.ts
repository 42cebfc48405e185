import type { Random } from '../../../bench/data/random.ts'
import { mutateBytes } from './bytes.ts'

/** The fixed parts of a zip archive (APPNOTE 4.3), each with the place and the width of its numbers. */
const records = {
  local: { signature: 'PK\x03\x04', numbers: { 2: [4, 6, 8, 10, 12, 26, 28], 4: [14, 18, 22] }, text: 30 },
  central: {
    signature: 'PK\x01\x02',
    numbers: { 2: [4, 6, 8, 10, 12, 14, 28, 30, 32, 34, 36], 4: [16, 20, 24, 38, 42] },
    text: 46,
  },
  end: { signature: 'PK\x05\x06', numbers: { 2: [4, 6, 8, 10, 20], 4: [12, 16] }, text: 22 },
} as const

const numbers = [0, 1, 2, 7, 8, 9, 93, 255, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]
const names = ['../x', '/etc/x', 'C:\\x', 'a/../../b', '\0', '..\\x', 'manifest.json', '__proto__', 'con', '.', './/']

/** A copy of a zip archive in which what it says of its files is no longer true. */
export function mutateZip(bytes: Uint8Array, random: Random): Uint8Array {
  let copy: Buffer = Buffer.from(bytes)
  for (let count = 0; count <= random.below(3); count++) copy = random.pick(changes)(copy, random)
  return copy
}

type Change = (zip: Buffer, random: Random) => Buffer

const changes: readonly Change[] = [
  writeNumber,
  writeNumber,
  writeNumber,
  writeName,
  // One file's bytes are another's too, or the directory's.
  (zip, random) => {
    const entries = placesOf(zip, records.central.signature)
    const one = at(entries, random)
    if (one === undefined) return zip
    const targets = [...placesOf(zip, records.local.signature), ...entries, 0, zip.length]
    if (one + 46 <= zip.length) zip.writeUInt32LE(random.pick([0, ...targets]), one + 42)
    return zip
  },
  // The directory twice, the end record twice, with something between or behind.
  (zip, random) => {
    const place = at(placesOf(zip, random.chance(0.5) ? records.central.signature : records.end.signature), random)
    return place === undefined ? zip : Buffer.concat([zip, Buffer.alloc(random.below(70_000)), zip.subarray(place)])
  },
  // A field of 64-bit sizes that nothing asks for, over the name.
  (zip, random) => {
    const place = at(placesOf(zip, records.central.signature), random)
    if (place === undefined || place + 80 > zip.length) return zip
    zip.writeUInt16LE(1, place + 46)
    zip.writeUInt16LE(random.pick([0, 8, 16, 28, 0xffff]), place + 48)
    for (const offset of [50, 58]) zip.writeBigUInt64LE(BigInt(random.pick(numbers)) << 20n, place + offset)
    return zip
  },
  (zip, random) => Buffer.from(mutateBytes(zip, zip, random)),
]

function writeNumber(zip: Buffer, random: Random): Buffer {
  const { signature, numbers: places } = random.pick(Object.values(records))
  const record = at(placesOf(zip, signature), random)
  const width = random.pick([2, 4] as const)
  const place = (record ?? 0) + random.pick(places[width])
  if (record === undefined || place + width > zip.length) return zip
  const value = random.chance(0.3) ? random.below(zip.length) : random.pick(numbers)
  zip.writeUIntLE(value % 256 ** width, place, width)
  return zip
}

/** In the directory, in front of the file, or in both. */
function writeName(zip: Buffer, random: Random): Buffer {
  const name = random.pick(names)
  for (const { signature, text } of random.chance(0.5) ? [records.central] : [records.local, records.central]) {
    const record = at(placesOf(zip, signature), random)
    if (record !== undefined && record + text < zip.length) zip.write(name, record + text, 'latin1')
  }
  return zip
}

function placesOf(zip: Buffer, signature: string): number[] {
  const places: number[] = []
  for (
    let place = zip.indexOf(signature, 0, 'latin1');
    place >= 0;
    place = zip.indexOf(signature, place + 4, 'latin1')
  ) {
    places.push(place)
  }
  return places
}

const at = (places: readonly number[], random: Random) => (places.length > 0 ? random.pick(places) : undefined)
