import { chdir, env } from 'node:process'

/**
 * Goes to the folder from which `npm run <script>` was called, since relative paths are meant from there: npm runs scripts in the
 * project's own folder.
 */
export function goToCallersFolder(script: string): void {
  if (env.npm_lifecycle_event === script && env.INIT_CWD) chdir(env.INIT_CWD)
}
