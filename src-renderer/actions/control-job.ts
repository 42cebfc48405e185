import { operations } from '../../src-contract/operations/operations.ts'
import { call } from '../lib/api/client.ts'
import { tellError } from '../lib/notices/notify.tsx'

export type JobOrder = 'cancel' | 'pause' | 'resume' | 'retry'

/** Has the cabinet stop a job, or go on with it. */
export const controlJob = (uuid: string, order: JobOrder): void =>
  void call(operations.controlJob, { uuid, order }).catch(tellError)
