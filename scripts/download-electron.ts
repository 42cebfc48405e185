import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { downloadArtifact } from '@electron/get'
import { z } from 'zod'
import { packagedElectron } from './packaged-electron.ts'

const run = promisify(execFile)

/** A network that does not answer within this time is taken as closed; one that stops sending, too. Milliseconds. */
const STALL_LIMIT = 15_000
const TOTAL_LIMIT = 15 * 60_000

/**
 * Downloads the official Electron of the version that the `electron` package names, checks it against the package's own checksums,
 * and unpacks it inside that package. `say` hears of the progress.
 * @returns the path of the executable
 * @throws Error with a sentence, within seconds where the network is closed
 */
export async function downloadElectron(electronPackage: string, say: (sentence: string) => void): Promise<string> {
  const directory = dirname(electronPackage)
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(electronPackage, 'utf8')))
  const checksums = z
    .record(z.string(), z.string())
    .parse(JSON.parse(await readFile(join(directory, 'checksums.json'), 'utf8')))
  const stop = new AbortController()
  const giveUp = (sentence: string) => stop.abort(new Error(sentence))
  const total = setTimeout(() => giveUp('it took longer than 15 minutes'), TOTAL_LIMIT)
  let stall = setTimeout(() => giveUp('nothing answered within 15 seconds'), STALL_LIMIT)
  let told = 0

  say(`Downloading Electron ${version} …`)
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums,
      downloadOptions: {
        quiet: true,
        signal: stop.signal,
        getProgressCallback: async (progress: { transferred: number; total: number | null; percent: number }) => {
          clearTimeout(stall)
          stall = setTimeout(() => giveUp('the download stood still for 15 seconds'), STALL_LIMIT)
          const percent = Math.floor(progress.percent * 10) * 10
          if (percent > told) say(`Downloading Electron ${version}: ${percent} % of ${megabytes(progress.total)}`)
          told = Math.max(told, percent)
        },
      },
    })
  } catch (cause) {
    throw new Error(reason(stop.signal.aborted ? stop.signal.reason : cause), { cause })
  } finally {
    clearTimeout(total)
    clearTimeout(stall)
  }

  // The package unpacks what now lies in the download cache, and remembers it in its path.txt.
  await run(process.execPath, [join(directory, 'install.js')], { timeout: 2 * 60_000 })
  const executable = await packagedElectron(electronPackage)
  if (executable === undefined) throw new Error('it was downloaded but could not be unpacked')
  return executable
}

function megabytes(bytes: number | null): string {
  return bytes === null ? 'an unknown size' : `${Math.round(bytes / 1e6)} MB`
}

/** The innermost reason is the one that helps: "fetch failed" hides "the name could not be resolved". */
function reason(error: unknown): string {
  let innermost = error
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause
  if (!(innermost instanceof Error)) return String(innermost)
  const code = 'code' in innermost ? innermost.code : undefined
  const closed = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ETIMEDOUT']
  if (typeof code !== 'string' || !closed.includes(code)) return innermost.message
  const host = 'hostname' in innermost && typeof innermost.hostname === 'string' ? innermost.hostname : 'its server'
  return `this network does not reach ${host}`
}
