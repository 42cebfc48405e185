import { execFile } from 'node:child_process'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What a call ends in: an error of the system, or the end of the process. */
export const faultKinds = ['ENOSPC', 'EIO', 'EMFILE', 'EINTR', 'kill'] as const
export type FaultKind = (typeof faultKinds)[number]

/** `at`: number of the call that fails, 0 for none; `lasting`: all later ones fail too, as on a full disk. */
type Fault = { at: number; kind: FaultKind; lasting?: boolean }

/** Calls that were counted and those that failed. */
type Counted = {
  calls: number
  hits: number
  open: number
  write: number
  sync: number
  rename: number
  link: number
}

export type Shim = {
  /** Variables under which a program is started so that its calls on files below the folder are counted. */
  environment: Record<string, string>
  /** Counts from now on, from 1. */
  arm(fault: Fault): void
  /** Counts no more. */
  disarm(): Counted
  close(): void
}

const KILL = 0xffff
const NUMBERS = 12
/** Kinds of calls, as bits in the order of shim.c. */
const OPEN = 1
const ALL = 31

/**
 * Builds the shim (shim.c) for programs that work in a folder.
 * @returns a sentence in its place where it cannot be built here
 */
export async function buildShim(folder: string, root: string): Promise<Shim | string> {
  if (process.platform !== 'linux') return 'Calls of the system can only be made to fail on Linux.'
  const library = join(folder, 'shim.so')
  const source = fileURLToPath(new URL('./shim.c', import.meta.url))
  try {
    await promisify(execFile)('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
  } catch (error) {
    return `Calls of the system cannot be made to fail here: the C compiler “cc” did not build the shim (${error instanceof Error ? error.message.split('\n')[0] : error}).`
  }
  const path = join(folder, 'control')
  const control = openSync(path, 'w+')
  writeSync(control, Buffer.alloc(NUMBERS * 4))
  const write = (...numbers: number[]) => {
    writeSync(control, new Uint8Array(Uint32Array.from(numbers).buffer), 0, numbers.length * 4, 0)
  }
  return {
    environment: { LD_PRELOAD: library, FAULT_CONTROL: path, FAULT_ROOT: root, UV_USE_IO_URING: '0' },
    arm({ at, kind, lasting = false }) {
      // No other call can run out of files that may be open.
      const calls = kind === 'EMFILE' ? OPEN : ALL
      const counted = new Array<number>(NUMBERS - 5).fill(0)
      write(0, at, kind === 'kill' ? KILL : constants.errno[kind], Number(lasting), calls, ...counted)
      write(1)
    },
    disarm() {
      write(0)
      const numbers = new Uint32Array(NUMBERS)
      readSync(control, numbers, 0, NUMBERS * 4, 0)
      const [, , , , , hits = 0, calls = 0, open = 0, write_ = 0, sync = 0, rename = 0, link = 0] = numbers
      return { calls, hits, open, write: write_, sync, rename, link }
    },
    close: () => closeSync(control),
  }
}
