import { z } from 'zod'
import { type BulkRequest, Job } from '../../../src-contract/contract/admin/job.ts'
import { type Options, parse } from './parse.ts'
import { ask } from './transport.ts'

const Jobs = z.array(Job)

/** The latest jobs, newest first. */
export async function listJobs(options: Options = {}): Promise<Job[]> {
  return parse(Jobs, await ask({ method: 'GET', path: '/jobs?Limit=100', ...options }))
}

export async function getJob(uuid: string, options: Options = {}): Promise<Job> {
  return parse(Job, await ask({ method: 'GET', path: `/jobs/${uuid}`, ...options }))
}

/** Holds a job up or sets it going again. */
export async function controlJob(uuid: string, order: 'cancel' | 'pause' | 'resume' | 'retry'): Promise<void> {
  await ask({ method: 'POST', path: `/jobs/${uuid}/${order}` })
}

/** Changes many functions in the same way. @returns the job that does it */
export async function startBulk(request: BulkRequest): Promise<Job> {
  return parse(Job, await ask({ method: 'POST', path: '/functions/bulk', json: request }))
}
