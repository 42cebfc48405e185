import { z } from 'zod'
import { Health, type ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { Scope } from '../../../src-contract/contract/admin/caller.ts'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import { Settings, type SettingsEdit } from '../../../src-contract/contract/admin/settings.ts'
import { NewToken, Token } from '../../../src-contract/contract/admin/token.ts'
import { Organisation } from '../../../src-contract/contract/functions/organisation.ts'
import { type ExportRequest, PreparedExport } from '../../../src-contract/contract/functions/selection.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { type Options, parse } from './parse.ts'
import { ask } from './transport.ts'

export async function getHealth(options: Options = {}): Promise<Health> {
  return parse(Health, await ask({ method: 'GET', path: '/admin/health', ...options }))
}

export async function getOrganisation(options: Options = {}): Promise<Organisation> {
  return parse(Organisation, await ask({ method: 'GET', path: '/admin/organisation', ...options }))
}

export async function renameOrganisation(name: string): Promise<void> {
  await ask({ method: 'PATCH', path: '/admin/organisation', json: { Name: name } })
}

export async function getSettings(options: Options = {}): Promise<Settings> {
  return parse(Settings, await ask({ method: 'GET', path: '/admin/settings', ...options }))
}

/** Changes the settings that are given. @returns what is in effect then */
export async function changeSettings(edit: SettingsEdit): Promise<Settings> {
  return parse(Settings, await ask({ method: 'PATCH', path: '/admin/settings', json: edit }))
}

const Tokens = z.array(Token)

export async function listTokens(options: Options = {}): Promise<Token[]> {
  return parse(Tokens, await ask({ method: 'GET', path: '/admin/tokens', ...options }))
}

/** Makes a token; its secret is in this answer and nowhere else. */
export async function createToken(name: string, scope: Scope): Promise<NewToken> {
  return parse(NewToken, await ask({ method: 'POST', path: '/admin/tokens', json: { Name: name, Scope: scope } }))
}

export async function revokeToken(uuid: string): Promise<void> {
  await ask({ method: 'DELETE', path: `/admin/tokens/${uuid}` })
}

/** Imports files and folders of the cabinet's machine, by copying them or by leaving them where they are. */
export async function startImport(request: ImportRequest): Promise<Job> {
  return parse(Job, await ask({ method: 'POST', path: '/admin/import', json: request }))
}

/** Imports the two models that ship with the program. */
export async function importExamples(): Promise<Job> {
  return parse(Job, await ask({ method: 'POST', path: '/admin/examples' }))
}

/** What a model file of the cabinet's machine says of itself; it is not imported. */
export async function inspectFile(path: string): Promise<Inspection> {
  return parse(Inspection, await ask({ method: 'POST', path: '/admin/inspect', json: { Path: path } }))
}

/** Reads every file and row, and names what is lost, damaged or changed by hand. @returns the job that does it */
export async function startVerify(): Promise<Job> {
  return parse(Job, await ask({ method: 'POST', path: '/admin/verify' }))
}

/** Chooses the functions of an export. @returns the path that gives them as one zip */
export async function prepareExport(request: ExportRequest): Promise<string> {
  return `/admin/export/${parse(PreparedExport, await ask({ method: 'POST', path: '/admin/export', json: request })).UUID}`
}

/** Writes a complete copy of the cabinet into an empty folder of its machine, or makes the cabinet what such a copy was. */
export async function startCopy(direction: 'backup' | 'restore', path: string): Promise<Job> {
  return parse(Job, await ask({ method: 'POST', path: `/admin/${direction}`, json: { Path: path } }))
}
