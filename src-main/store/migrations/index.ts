import { cabinetTables } from './0001-cabinet-tables.ts'
import { listChanges } from './0002-list-changes.ts'
import { statedShapes } from './0003-stated-shapes.ts'
import { reportVersions } from './0004-report-version.ts'
import { runsFailure } from './0005-runs-failure.ts'
import { dropUnread } from './0006-drop-unread.ts'
import { modelTexts } from './0007-model-text.ts'
import { modelFiles } from './0008-model-files.ts'
import { sources } from './0009-sources.ts'
import { companions } from './0010-companions.ts'
import { longValues } from './0011-long-values.ts'
import { rowDigests } from './0012-row-digests.ts'
import type { Migration } from './migration.ts'

/** Every step, in order. A published step never changes: a correction is a new step. */
export const migrations: readonly Migration[] = [
  cabinetTables,
  listChanges,
  statedShapes,
  reportVersions,
  runsFailure,
  dropUnread,
  modelTexts,
  modelFiles,
  sources,
  companions,
  longValues,
  rowDigests,
]
