import { existsSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { findCycles } from './find-cycles.ts'
import { type Layer, layers } from './layers.ts'
import { findModules, type Import, readImports } from './read-imports.ts'

const Packages = z.record(z.string(), z.string()).default({})
const Manifest = z.object({ dependencies: Packages, devDependencies: Packages })

/**
 * Checks the imports under a project folder against the layers, and for cycles of files, types included.
 * @throws when it found no import, because then nothing was checked
 */
export function checkImports(folder: string): { modules: number; violations: string[] } {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const modules = findModules(folder)
  const imports = modules.flatMap((module) => readImports(folder, module))
  if (imports.length === 0) throw new Error('No import was found, so nothing was checked.')

  const wrong = imports.flatMap((one) => {
    const reason = one.isFile
      ? existsSync(join(folder, one.to))
        ? wrongFile(one)
        : 'there is no such file'
      : wrongPackage(one, kindOf(one.to, manifest))
    return reason ? [`${one.from} → ${one.to}: ${reason}`] : []
  })
  const cycles = findCycles(imports.filter(({ isFile }) => isFile)).map((cycle) => `${cycle.join(' → ')}: a cycle`)
  return { modules: modules.length, violations: [...wrong, ...cycles] }
}

const isTest = (path: string) => /\.test\.tsx?$|\/testing\//.test(path)

type Place = { name: string; folder: string; layer: Layer }

const patterns = Object.entries(layers).map(([name, layer]) => ({
  name,
  layer,
  pattern: new RegExp(`^${name.replace('*', '[^/]+')}(?=/|$)`),
}))

/** The layer that a file belongs to; none for tools. */
function placeOf(path: string): Place | undefined {
  let place: Place | undefined
  for (const { name, layer, pattern } of patterns) {
    const [folder] = path.match(pattern) ?? []
    if (folder && (!place || place.folder.length < folder.length)) place = { name, folder, layer }
  }
  return place
}

function wrongFile({ from, to, isType }: Import): string | undefined {
  const source = placeOf(from)
  if (!source || isTest(from)) return undefined
  if (isTest(to)) return 'the product may not import its tests'
  const target = placeOf(to)
  if (!target) return 'the product may not import its tools'
  if (source.folder === target.folder || source.layer.from.includes(target.name)) return undefined
  if (!source.layer.types?.includes(target.name)) return `${source.folder} may not import ${target.folder}`
  return isType ? undefined : `${source.folder} may import types only from ${target.folder}`
}

function kindOf(specifier: string, { dependencies, devDependencies }: z.infer<typeof Manifest>): string | undefined {
  if (isBuiltin(specifier)) return /^(node:)?https?$/.test(specifier) ? 'http' : 'node'
  const [name = ''] = specifier.match(/^(@[^/]+\/)?[^/]+/) ?? []
  if (name === 'electron' || name === 'zod') return name
  if (name in dependencies) return /^(@?hono)/.test(name) ? 'http' : 'dependencies'
  return name in devDependencies ? 'devDependencies' : undefined
}

function wrongPackage({ from }: Import, kind: string | undefined): string | undefined {
  if (!kind) return 'package.json does not list it'
  const place = placeOf(from)
  if (!place || isTest(from)) return undefined
  const uses: readonly string[] = place.layer.uses
  const allowed = uses.includes(kind) || (kind === 'zod' && uses.includes('dependencies'))
  return allowed ? undefined : `${place.folder} may not use ${kind}`
}
