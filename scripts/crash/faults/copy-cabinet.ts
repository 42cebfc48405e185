import { copyFolder } from '../../../src-main/files/copy-folder.ts'

// Moves a cabinet as the window does: `copy-cabinet.ts FROM TO`.

const [from = '', to = ''] = process.argv.slice(2)
await copyFolder(from, to, { takes: (path) => !/^lock\./.test(path), mark: 'cabinet.db', onProgress() {} })
