/** What the code in one folder may import besides its own. */
export type Layer = {
  /** Folders, all of them in rows above this one. */
  from: readonly string[]
  /** Folders of which it may import types only, since another process runs their code. */
  types?: readonly string[]
  /** What it needs from outside: a kind of package, or one package by its name. */
  uses: readonly ('node' | 'http' | 'electron' | 'dependencies' | 'devDependencies' | 'zod')[]
}

const contract = 'src-contract'
const main = (...folders: string[]) => [contract, ...folders.map((folder) => `src-main/${folder}`)]
const page = (...folders: string[]) => [contract, ...folders.map((folder) => `src-renderer/${folder}`)]
const node = ['node', 'dependencies'] as const
const http = ['node', 'http', 'dependencies'] as const
const electron = ['node', 'electron', 'dependencies'] as const
const bundled = ['dependencies', 'devDependencies'] as const

/**
 * The architecture, lowest first. A file belongs to the longest row that its path begins with; `*` stands for one folder, so that
 * features are kept apart. Each row imports from the rows above it only, so folders with a row of their own cannot form a cycle.
 */
export const layers: Readonly<Record<string, Layer>> = {
  'src-contract': { from: [], uses: ['zod'] },

  'src-main/onnx': { from: main(), uses: node },
  'src-main/files': { from: main(), uses: node },
  'src-main/processes': { from: main(), uses: electron },
  'src-main/network': { from: main('files'), uses: http },
  'src-main/store': { from: main('files'), uses: node },
  'src-main/runtime': { from: main('files', 'processes'), uses: node },
  'src-main/runtime/child': { from: main('files', 'processes', 'runtime'), uses: node },
  'src-main/reader/tasks': { from: main('processes'), uses: node },
  'src-main/reader': { from: main('onnx', 'files', 'processes', 'store', 'reader/tasks'), uses: node },
  'src-main/cabinet': {
    from: main('onnx', 'files', 'processes', 'network', 'store', 'runtime', 'reader/tasks'),
    uses: node,
  },
  'src-main/api': { from: main('files', 'cabinet'), types: main('runtime'), uses: http },
  'src-main/link': { from: main('files', 'processes'), uses: node },
  'src-main/http': { from: main('files', 'api'), types: main('cabinet'), uses: http },
  'src-main/serve': { from: main('files', 'processes', 'cabinet', 'api', 'link', 'http'), uses: node },
  'src-main/command-line': { from: main('onnx', 'files', 'processes', 'runtime'), uses: node },
  'src-main/desktop': { from: main('files', 'processes', 'link', 'http', 'serve'), uses: electron },
  'src-main/entries': {
    from: main(
      'onnx',
      'files',
      'processes',
      'runtime',
      'runtime/child',
      'reader',
      'link',
      'serve',
      'command-line',
      'desktop',
    ),
    uses: electron,
  },

  'src-preload': { from: [contract], uses: ['electron'] },

  'src-renderer/lib': { from: page(), uses: bundled },
  'src-renderer/components': { from: page('lib'), uses: bundled },
  'src-renderer/actions': { from: page('lib', 'components'), uses: bundled },
  'src-renderer/features/*': { from: page('lib', 'components', 'actions'), types: ['src-preload'], uses: bundled },
  'src-renderer/shell': { from: page('lib', 'components', 'actions', 'features/*'), uses: bundled },
  'src-renderer': { from: page('lib', 'components', 'actions', 'features/*', 'shell'), uses: bundled },
}
