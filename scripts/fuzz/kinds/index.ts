import { archives } from './archives.ts'
import { damages } from './damages.ts'
import { databases } from './databases.ts'
import { exports } from './exports.ts'
import { imports } from './imports.ts'
import { models } from './models.ts'
import { restores } from './restores.ts'
import { uploads } from './uploads.ts'

// Those first that most can go wrong in.
export const kinds = { damages, restores, imports, uploads, databases, exports, archives, models }
export type KindName = keyof typeof kinds
