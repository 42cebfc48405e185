import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The version of Node-API that better-sqlite3's binary needs. */
const STORE_NODE_API = 10

/** Whether this Electron can load the store's native code in its own processes; those before 36 cannot. */
export function loadsStore(): boolean {
  return Number(process.versions.napi ?? 0) >= STORE_NODE_API
}

/**
 * The Node that runs the cabinet where this Electron cannot: the one packed with the app, or the project's own.
 * @throws Error with a sentence where there is none
 */
export function nodeProgram(): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const packed = join(process.resourcesPath, 'node', name)
  if (existsSync(packed)) return packed
  const system = process.platform === 'win32' ? 'win' : process.platform
  try {
    return createRequire(import.meta.url).resolve(`node-${system}-${process.arch}/bin/${name}`)
  } catch (cause) {
    throw new Error(
      `Electron ${process.versions.electron} is too old to run the cabinet itself, and no Node 24 was found with it.`,
      {
        cause,
      },
    )
  }
}
