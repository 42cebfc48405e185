import { neededSwitches } from '../../scripts/display.ts'
import { ensureBuilt } from '../../scripts/ensure-built.ts'
import { findElectron } from '../../scripts/find-electron.ts'

/** Where the window is measured: the Electron and its switches, the project's folder, and how many functions its library holds. */
export type Stage = { executable: string; switches: string[]; root: string; count: number }

/** Builds the app if need be and finds an Electron to measure it in. */
export async function prepareStage(root: string, count: number): Promise<Stage> {
  const say = (sentence: string) => console.error(sentence)
  await ensureBuilt(root, say)
  const electron = await findElectron(process.env, say)
  if (electron === undefined) throw new Error('No Electron was found to measure the window in.')
  say(`Measuring in ${electron.description}.`)
  return { executable: electron.executable, switches: [...neededSwitches(), '--disable-gpu'], root, count }
}
