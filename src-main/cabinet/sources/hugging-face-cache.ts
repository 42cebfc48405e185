import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder in which Hugging Face's own programs keep what they fetched, by the variables that they go by; null where there is none. */
export function huggingFaceCache({ HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME }: NodeJS.ProcessEnv): string | null {
  const home = HF_HOME ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'huggingface')
  const path = HF_HUB_CACHE ?? join(home, 'hub')
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : null
}
