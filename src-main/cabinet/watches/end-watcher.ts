import type { FSWatcher } from 'chokidar'

/**
 * Closes a watcher. chokidar forgets its listeners at once, and what fails in it until it has ended, as every further folder does past
 * the system's limit, would then be an error that nobody hears: Node ends the process for it.
 */
export async function endWatcher(watcher: FSWatcher): Promise<void> {
  const closed = watcher.close()
  watcher.on('error', () => {})
  await closed
}
