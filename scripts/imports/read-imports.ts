import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync, Visitor } from 'vite'

export type Import = {
  from: string
  /** A path from the project's folder, or the name of a package or of a part of Node. */
  to: string
  isFile: boolean
  /** Whether it is gone at run time. */
  isType: boolean
}

const sources = '{src-contract,src-main,src-preload,src-renderer,scripts,bench,e2e}/**/*.{ts,tsx}'

/** The modules of a project folder, as paths with `/`. */
export function findModules(folder: string): string[] {
  return globSync(sources, { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}

/** Every import, re-export, `import()` and `import('…').Type` of a module; an `import()` of a computed name is left out. */
export function readImports(folder: string, from: string): Import[] {
  const imports: Import[] = []
  const add = (specifier: string, isType: boolean) => {
    const isFile = specifier.startsWith('.')
    const [path = ''] = specifier.split('?')
    imports.push({ from, to: isFile ? posix.join(posix.dirname(from), path) : path, isFile, isType })
  }
  const text = readFileSync(join(folder, from), 'utf8')
  const { program, module, errors } = parseSync(from, text)
  const [error] = errors
  if (error) throw new Error(`${from}: ${error.message}`)
  const isType = (start: number) => /^(import|export) type\b/.test(text.slice(start, start + 12))
  for (const { moduleRequest, start } of module.staticImports) add(moduleRequest.value, isType(start))
  for (const { entries, start } of module.staticExports) {
    const [entry] = entries
    if (entry?.moduleRequest) add(entry.moduleRequest.value, isType(start))
  }
  if (!text.includes('import(')) return imports
  new Visitor({
    ImportExpression({ source }) {
      if (source.type === 'Literal') add(String(source.value), false)
    },
    TSImportType({ source }) {
      add(source.value, true)
    },
  }).visit(program)
  return imports
}
