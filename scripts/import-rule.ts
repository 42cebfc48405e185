import { existsSync } from 'node:fs'
import { join } from 'node:path'
import swc from '@swc/core'
import { Visitor } from '@swc/core/Visitor.js'
import { cruise, type IForbiddenRuleType, type IViolation } from 'dependency-cruiser'
import { takesOnlyTypes } from './type-imports.ts'

// dependency-cruiser asks swc for TypeScript without JSX, whatever the file's name says.
swc.parseFileSync = new Proxy(swc.parseFileSync, {
  apply: (parse, itself, [file, options]: [string, swc.ParseOptions]) =>
    Reflect.apply(parse, itself, [file, { ...options, syntax: 'typescript', tsx: file.endsWith('.tsx') }]),
})

// swc parses `using`, but its visitor, by which dependency-cruiser walks, stops at it. No import stands in such a declaration.
const visitor = Visitor.prototype
const visitStatement = visitor.visitStatement
visitor.visitStatement = function (statement) {
  return String(statement.type) === 'UsingDeclaration' ? statement : visitStatement.call(this, statement)
}

const TEST = String.raw`\.test\.tsx?$`
const sources = ['src-contract', 'src-main', 'src-preload', 'src-renderer', 'scripts', 'bench', 'e2e']

/** The folders of src-main, highest first; a folder imports from its own row and the rows below. */
const layers = [
  ['desktop', 'http', 'serve', 'command-line'],
  ['link', 'api'],
  ['cabinet'],
  ['reader'],
  ['store', 'files', 'network', 'onnx', 'runtime', 'processes'],
]

/** `^src-main/(?:api|http)/` */
const within = (folders: string[]) => `^src-main/(?:${folders.join('|')})/`

const downwards = layers.slice(1).map(
  (row, index): IForbiddenRuleType => ({
    name: `${row.join('-')}-imports-downwards`,
    comment: `${row.join(', ')} may not import ${layers.slice(0, index + 1).join(', ')}`,
    severity: 'error',
    from: { path: within(row), pathNot: TEST },
    to: { path: within(layers.slice(0, index + 1).flat()) },
  }),
)

const forbidden: IForbiddenRuleType[] = [
  ...downwards,
  {
    name: 'contract-is-pure',
    comment: 'src-contract is shared by every side: it imports itself and zod, neither Node, Electron nor DOM',
    severity: 'error',
    from: { path: '^src-contract/', pathNot: TEST },
    to: { pathNot: ['^src-contract/', '^node_modules/zod/'] },
  },
  {
    name: 'onnx-imports-the-contract-only',
    comment: 'the reader is pure: of the project it imports nothing but the contract',
    severity: 'error',
    from: { path: '^src-main/onnx/', pathNot: TEST },
    to: { path: '^(?:src-|scripts|bench|e2e)', pathNot: ['^src-main/onnx/', '^src-contract/'] },
  },
  {
    name: 'store-knows-no-http',
    severity: 'error',
    from: { path: within(['store', 'files', 'onnx', 'runtime', 'cabinet']), pathNot: TEST },
    to: { path: ['^(?:node:)?https?$', '^node_modules/(?:hono|@hono)/'] },
  },
  {
    name: 'renderer-imports-contract-and-types',
    severity: 'error',
    from: { path: '^src-renderer/', pathNot: TEST },
    to: { path: ['^src-main/', '^src-preload/', '^scripts/'] },
  },
  {
    name: 'renderer-runs-without-node',
    severity: 'error',
    from: { path: '^src-renderer/', pathNot: TEST },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'product-does-not-import-tools',
    severity: 'error',
    from: { path: '^src-', pathNot: TEST },
    to: { path: ['^(?:scripts|bench|e2e)/', TEST] },
  },
  {
    name: 'shipped-code-needs-no-dev-dependency',
    comment: 'src-main runs from node_modules: what it imports must be a dependency (Electron itself is the host)',
    severity: 'error',
    from: { path: '^src-main/', pathNot: [TEST, '/testing/'] },
    to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/electron/' },
  },
  {
    name: 'no-cycle',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
]

/** Rules that an import of types alone does not break. */
const typesMayPass = new Set([
  'store-knows-no-http',
  'renderer-imports-contract-and-types',
  'renderer-runs-without-node',
  'shipped-code-needs-no-dev-dependency',
  'no-cycle',
])

/** dependency-cruiser cannot tell imports of types when swc parses, so this is asked here. */
function isBroken(folder: string, { rule, from, to, cycle }: IViolation): boolean {
  if (!typesMayPass.has(rule.name)) return true
  if (!cycle) return !takesOnlyTypes(folder, from, to)
  const circle = [from, ...cycle.map(({ name }) => name)]
  return circle.slice(1).every((next, index) => !takesOnlyTypes(folder, circle[index] ?? from, next))
}

export type ImportRuleResult = { modules: number; violations: string[] }

/**
 * Holds the imports under a project folder against the rules of the architecture.
 * @throws where nothing was seen, for then nothing was checked (dependency-cruiser does so in silence without a parser)
 */
export async function checkImports(folder: string): Promise<ImportRuleResult> {
  const present = sources.filter((name) => existsSync(join(folder, name)))
  const { output } = await cruise(present, {
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden },
    parser: 'swc',
    preserveSymlinks: true,
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: [String.raw`^src-renderer/.*\.css$`] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  })
  if (typeof output === 'string') throw new Error(`The import rule gave no result: ${output}`)
  const { totalCruised, totalDependenciesCruised, violations } = output.summary
  if (totalCruised === 0 || !totalDependenciesCruised) {
    throw new Error('The import rule saw no module or no import: nothing was checked')
  }
  return {
    modules: totalCruised,
    violations: violations
      .filter((violation) => isBroken(folder, violation))
      .map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}
