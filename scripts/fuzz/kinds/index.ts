import { archives } from './archives.ts'
import { databases } from './databases.ts'
import { exports } from './exports.ts'
import { imports } from './imports.ts'
import { models } from './models.ts'
import { restores } from './restores.ts'
import { uploads } from './uploads.ts'

export const kinds = { models, archives, exports, databases, uploads, imports, restores }
export type KindName = keyof typeof kinds
