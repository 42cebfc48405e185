import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkImports } from './check-imports.ts'
import { layers } from './layers.ts'

// Protects the architecture: a rule that sees nothing, or lets a wrong import pass, must not look like a passed check.

let project: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'check-imports-'))
  const manifest = { dependencies: { zod: '4', hono: '4', pino: '9' }, devDependencies: { vitest: '4', react: '19' } }
  await write('package.json', JSON.stringify(manifest))
})

afterEach(() => rm(project, { recursive: true, force: true }))

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true })
  await writeFile(join(project, path), text)
}

/** The imports that are found to be wrong, as `a.ts → b.ts`. */
function wrongImports(): string[] {
  return checkImports(project).violations.map((violation) => violation.slice(0, violation.lastIndexOf(':')))
}

const forms = {
  value: (path: string) => `import { one } from '${path}'\nexport const two = one\n`,
  type: (path: string) => `import type { One } from '${path}'\nexport type Two = One\n`,
  inlineType: (path: string) => `import { type One } from '${path}'\nexport type Two = One\n`,
  effect: (path: string) => `import '${path}'\n`,
  reExport: (path: string) => `export * from '${path}'\n`,
  typeReExport: (path: string) => `export type { One } from '${path}'\n`,
  dynamic: (path: string) => `export const two = await import('${path}')\n`,
  typeOf: (path: string) => `export type Two = import('${path}').One\n`,
}
const typeForms = ['type', 'typeReExport', 'typeOf']

/** Two features, since one may not import the other. */
const folders = Object.entries(layers).flatMap(([name, layer]) =>
  (name.includes('*') ? ['first', 'second'] : ['']).map((feature) => ({
    path: name.replace('*', feature),
    name,
    layer,
  })),
)

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

describe('checkImports', () => {
  it('fails where it found no import', async () => {
    await write('src-main/api/empty.ts', 'export const one = 1\n')
    expect(() => checkImports(project)).toThrow('nothing was checked')
  })

  it('finds an import of each layer by each that may not import it, types included, and nothing else', async () => {
    const forbidden: string[] = []
    for (const target of folders) {
      const to = `${target.path}/target.ts`
      await write(to, 'export const one = 1\nexport type One = number\n')
      for (const source of folders.filter((other) => other !== target)) {
        for (const form of ['value', 'type'] as const) {
          const from = `${source.path}/${target.path.replaceAll('/', '-')}-${form}.ts`
          await write(from, forms[form](relative(from, to)))
          const { from: values, types = [] } = source.layer
          const allowed = form === 'type' ? [...values, ...types] : values
          if (!allowed.includes(target.name)) forbidden.push(`${from} → ${to}`)
        }
      }
    }
    expect(forbidden.length).toBeGreaterThan(800)
    expect(wrongImports().sort()).toEqual(forbidden.sort())
  })

  it.each(Object.entries(forms))('finds an import in the form %s', async (form, text) => {
    await write('src-main/api/one.ts', 'export const one = 1\n')
    await write('src-main/store/up.ts', text('../api/one.ts'))
    await write('src-main/runtime/one.ts', 'export const one = 1\n')
    await write('src-main/api/types.ts', text('../runtime/one.ts'))
    const values = ['src-main/api/types.ts → src-main/runtime/one.ts'].filter(() => !typeForms.includes(form))
    expect(wrongImports()).toEqual([...values, 'src-main/store/up.ts → src-main/api/one.ts'])
  })

  it('lets no layer import one that comes after it', () => {
    const names = Object.keys(layers)
    for (const [name, { from, types = [] }] of Object.entries(layers)) {
      for (const lower of [...from, ...types]) {
        expect(names, `${name} imports ${lower}`).toContain(lower)
        expect(names.indexOf(lower), `${name} imports ${lower}`).toBeLessThan(names.indexOf(name))
      }
    }
  })

  // By hand, so that the table cannot let these through.
  it.each([
    ['src-main/store/up.ts', '../cabinet/one.ts'],
    ['src-main/cabinet/up.ts', '../api/one.ts'],
    ['src-main/api/up.ts', '../http/one.ts'],
    ['src-main/desktop/across.ts', '../cabinet/one.ts'],
    ['src-main/onnx/wide.ts', '../store/one.ts'],
    ['src-main/runtime/down.ts', './child/one.ts'],
    ['src-main/cabinet/child.ts', '../runtime/child/one.ts'],
    ['src-renderer/lib/up.ts', '../components/one.ts'],
    ['src-renderer/components/up.ts', '../actions/one.ts'],
    ['src-renderer/features/trash/across.ts', '../import/one.ts'],
    ['src-renderer/features/trash/server.ts', '../../../src-main/api/one.ts'],
    ['src-contract/up.ts', '../src-main/api/one.ts'],
    ['src-main/api/tool.ts', '../../scripts/one.ts'],
    ['src-main/api/test.ts', './testing/one.ts'],
    ['src-main/api/missing.ts', './nowhere.ts'],
    ['scripts/missing.ts', './nowhere.ts'],
    ['src-main/store/web.ts', 'hono'],
    ['src-main/store/server.ts', 'node:http'],
    ['src-main/runtime/window.ts', 'electron'],
    ['src-main/api/dev.ts', 'vitest'],
    ['src-main/api/unlisted.ts', 'left-pad'],
    ['src-contract/impure.ts', 'node:fs'],
    ['src-contract/large.ts', 'pino'],
    ['src-renderer/lib/node.ts', 'node:path'],
    ['src-preload/node.ts', 'node:path'],
  ])('finds %s importing %s', async (from, specifier) => {
    const to = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier
    if (!to.includes('nowhere')) await write(to.startsWith('src-') || to.startsWith('scripts/') ? to : 'unused.ts', '')
    await write(from, forms.type(specifier))
    expect(wrongImports()).toEqual([`${from} → ${to}`])
  })

  it('lets tests and tools import everything that exists', async () => {
    await write('src-main/api/one.ts', 'export const one = 1\n')
    await write('src-contract/one.test.ts', forms.value('../src-main/api/one.ts'))
    await write('src-contract/testing/one.ts', forms.value('node:fs'))
    await write('src-contract/two.test.ts', forms.value('./testing/one.ts'))
    await write('scripts/one.ts', forms.value('../src-main/api/one.ts'))
    expect(wrongImports()).toEqual([])
  })

  it('finds a cycle of types', async () => {
    await write('src-main/api/a.ts', forms.type('./b.ts'))
    await write('src-main/api/b.ts', forms.type('./c.ts'))
    await write('src-main/api/c.ts', forms.type('./a.ts'))
    await write('src-main/api/d.ts', forms.type('./a.ts'))
    expect(wrongImports()).toEqual(['src-main/api/a.ts → src-main/api/b.ts → src-main/api/c.ts → src-main/api/a.ts'])
  })
})
