import { posix } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { groupedNumber, plural, shortBytes } from '../../../src-contract/words/human-number.ts'

/** A file in an archive. */
export type ArchivedFile = {
  /** Its path in the archive, with forward slashes, which never leads outside. */
  path: string
  size: number
  /** The file that has its bytes as they are, and where they begin there; null where they are compressed. */
  storedAt(): Promise<{ path: string; start: number } | null>
  /** Its bytes, uncompressed; ends with a Problem where they are not those that the archive declares. */
  bytes(): AsyncGenerator<Buffer>
}

/** An open archive: its files by path, without folders and what macOS and Windows add. */
export type Archive = { files: ReadonlyMap<string, ArchivedFile>; close(): void }

/** What an archive is held to. */
export type Rules = {
  /** What sentences call it: “The archive”, or the name of its file. */
  name: string
  mostFiles: number
  /** Most bytes that all its files may have together; by default any number. */
  mostBytes?: number
  /** Whether it holds arrays: the names are keys and never paths, and equal values may take next to no space. */
  holdsArrays?: boolean
}

/** Zeros compress about 1,000 to 1, weights hardly at all; up to `SMALLEST_BOMB` bytes do no harm. */
const LARGEST_RATIO = 200
const SMALLEST_BOMB = 64 * 1024 * 1024

const ADDED_BY_SYSTEMS = /(^|\/)(__MACOSX\/|\._|(\.DS_Store|Thumbs\.db|desktop\.ini)$)/i

/** Whether a path in an archive is a folder, or a file that macOS or Windows added. */
export function isPassedOver(path: string): boolean {
  return path.endsWith('/') || ADDED_BY_SYSTEMS.test(path)
}

/**
 * The files of an archive as its directory declares them, each checked as it is added.
 * @param archiveSize bytes of the archive itself
 */
export function createListing(rules: Rules, archiveSize: number) {
  const { name, mostFiles, mostBytes = Number.POSITIVE_INFINITY, holdsArrays = false } = rules
  const refuse = (found: string) => new Problem('invalid', `${name} ${found}.`)
  const files = new Map<string, ArchivedFile>()
  let packed = 0
  let unpacked = 0

  function refuseCount(count: number): void {
    if (count <= mostFiles) return
    const found = `${name} contains ${groupedNumber(count)} files`
    throw new Problem('too-large', `${found}, more than the limit of ${groupedNumber(mostFiles)}.`)
  }

  return {
    files,
    refuse,
    refuseCount,
    /** @param packedSize bytes that the file takes in the archive */
    add(file: ArchivedFile, packedSize: number): void {
      if (files.has(file.path)) throw refuse(`contains “${file.path}” more than once`)
      packed += packedSize
      unpacked += file.size
      if (packed > archiveSize) throw refuse('declares more data than it contains')
      if (!holdsArrays) refuseExpansion(rules, packed, unpacked)
      else if (unpacked > mostBytes) throw tooLarge(rules, mostBytes)
      files.set(file.path, file)
      refuseCount(files.size)
    },
  }
}

/** @throws Problem where so many bytes come out of so few, or more than the rules allow */
export function refuseExpansion(rules: Rules, packed: number, unpacked: number): void {
  const { name, mostBytes = Number.POSITIVE_INFINITY } = rules
  if (unpacked > mostBytes) throw tooLarge(rules, mostBytes)
  if (unpacked <= SMALLEST_BOMB || unpacked <= packed * LARGEST_RATIO) return
  const found = `${name} expands from ${shortBytes(packed)} to ${shortBytes(unpacked)}`
  throw new Problem('invalid', `${found}, which looks like a zip bomb.`)
}

function tooLarge({ name }: Rules, mostBytes: number): Problem {
  return new Problem('too-large', `${name} expands to more than the limit of ${plural(mostBytes, 'byte')}.`)
}

/** A path that an archive gives, as zips and tars of any system write it. @throws Problem where it leads outside */
export function pathInside(given: string, refuse: (found: string) => Problem): string {
  const path = posix.normalize(given.replaceAll('\\', '/'))
  if (/^(\/|[A-Za-z]:)/.test(path)) throw refuse(`contains an absolute path, “${given}”`)
  if (path.split('/').includes('..')) throw refuse(`contains a path that leads outside, “${given}”`)
  return path
}
