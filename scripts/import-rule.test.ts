import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkImports } from './import-rule.ts'

// Protects the architecture: a rule that sees nothing, or lets a wrong import pass, must not look like a passed check.

let project: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'import-rule-'))
  await symlink(resolve('node_modules'), join(project, 'node_modules'), 'junction')
  await write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: { zod: '4', hono: '4' }, devDependencies: { vitest: '4' } }),
  )
})

afterEach(() => rm(project, { recursive: true, force: true }))

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true })
  await writeFile(join(project, path), text)
}

async function violatedRules(): Promise<string[]> {
  const { violations } = await checkImports(project)
  return violations.map((violation) => violation.slice(0, violation.indexOf(':')))
}

describe('the import rule', () => {
  it('fails where it saw no module', async () => {
    await mkdir(join(project, 'src-main'))
    await expect(checkImports(project)).rejects.toThrow('nothing was checked')
  })

  it('lets imports run downwards', async () => {
    await write('src-contract/shape.ts', "import { z } from 'zod'\nexport const Shape = z.string()\n")
    await write(
      'src-main/store/rows.ts',
      "import { Shape } from '../../src-contract/shape.ts'\nexport const rows = Shape\n",
    )
    await write('src-main/api/list.ts', "import { rows } from '../store/rows.ts'\nexport const list = rows\n")
    await write(
      'src-renderer/list.ts',
      "import type { list } from '../src-main/api/list.ts'\nexport type List = typeof list\n",
    )
    const { modules, violations } = await checkImports(project)
    expect(violations).toEqual([])
    expect(modules).toBeGreaterThanOrEqual(4)
  })

  it.each([
    ['src-main/store/up.ts', '../api/one.ts', 'store-files-network-onnx-runtime-processes-imports-downwards'],
    ['src-main/cabinet/up.ts', '../api/one.ts', 'cabinet-imports-downwards'],
    ['src-main/api/up.ts', '../http/one.ts', 'api-imports-downwards'],
    ['src-main/onnx/wide.ts', '../store/one.ts', 'onnx-imports-the-contract-only'],
    ['src-main/store/web.ts', 'hono', 'store-knows-no-http'],
    ['src-main/store/server.ts', 'node:http', 'store-knows-no-http'],
    ['src-main/one.ts', 'vitest', 'shipped-code-needs-no-dev-dependency'],
    ['src-contract/impure.ts', 'node:fs', 'contract-is-pure'],
    ['src-renderer/deep.ts', '../src-main/api/one.ts', 'renderer-imports-contract-and-types'],
    ['src-renderer/node.ts', 'node:path', 'renderer-runs-without-node'],
    ['src-main/tool.ts', '../scripts/one.ts', 'product-does-not-import-tools'],
    ['src-main/missing.ts', './nowhere.ts', 'no-unresolvable'],
  ])('catches %s importing %s', async (from, to, rule) => {
    for (const folder of ['src-main/api', 'src-main/http', 'src-main/store', 'scripts']) {
      await write(`${folder}/one.ts`, 'export const one = 1\n')
    }
    await write(from, `import * as all from '${to}'\nexport const seen = all\n`)
    expect(await violatedRules()).toContain(rule)
  })

  it('catches values taken beside types', async () => {
    await write('src-main/api/one.ts', 'export const one = 1\n')
    await write(
      'src-renderer/both.ts',
      "import type { one } from '../src-main/api/one.ts'\nexport const two: typeof one = (await import('../src-main/api/one.ts')).one\n",
    )
    expect(await violatedRules()).toContain('renderer-imports-contract-and-types')
  })

  it('catches a circle', async () => {
    await write('src-main/a.ts', "import { b } from './b.ts'\nexport const a = () => b\n")
    await write('src-main/b.ts', "import { a } from './a.ts'\nexport const b = () => a\n")
    expect(await violatedRules()).toContain('no-cycle')
  })
})
