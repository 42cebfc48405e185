import { fileURLToPath } from 'node:url'

/** A program of the bundle, beside the one that runs: `out/main/<name>.cjs`. */
export function bundledEntry(name: string): string {
  return fileURLToPath(new URL(`./${name}.cjs`, import.meta.url))
}

/** The same for a plain Node, which cannot read Electron's archive: what it runs lies unpacked beside that. */
export function unpackedEntry(name: string): string {
  return bundledEntry(name).replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2')
}
