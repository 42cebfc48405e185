import { z } from 'zod'
import { JobFailure } from '../../../src-contract/contract/admin/job.ts'
import { defineTask } from '../../processes/pool/task.ts'
import { ExportManifest } from './exported.ts'

/** The lists of an export, each a file with one object a line. */
export const exportLists = ['organisations', 'catalogues', 'functions'] as const

/**
 * Reads the lists of an export, which somebody else may have made to do harm, and writes what its schemas let through into a folder of ours, one
 * object a line. Lines that they do not let through are named. The result is null where the archive is no export.
 */
export const checkExportTask = defineTask({
  name: 'check-export',
  argument: z.object({ path: z.string(), directory: z.string() }),
  result: z.object({ manifest: ExportManifest, refused: z.array(JobFailure), refusedCount: z.int() }).nullable(),
})
