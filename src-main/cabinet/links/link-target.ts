import { basename, isAbsolute } from 'node:path'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { LinkRequest } from '../../../src-contract/contract/functions/link.ts'
import { stemOf } from '../../../src-contract/util/file-stem.ts'
import { lastSegment } from '../../network/download.ts'
import type { LinkKind } from '../../store/repositories/link-repository.ts'
import { safeFileName } from '../functions/file-name.ts'
import { type HubAddress, hubAddress } from './hub.ts'

/** What a link is asked to be: `target` may be shown, `secret` may not. `name` is for a function that nobody named. */
export type LinkTarget = { kind: LinkKind; target: string; secret: string | null; name: string }

/** @throws Problem `invalid` (field `Path`) where a path is not absolute. */
export function linkTarget({ EdgeImpulse, Url, Path }: LinkRequest): LinkTarget {
  if (EdgeImpulse) {
    const project = String(EdgeImpulse.ProjectID)
    return { kind: 'EdgeImpulse', target: project, secret: EdgeImpulse.ApiKey, name: defaultProjectName(project) }
  }
  if (Url !== undefined) return urlTarget(new URL(Url))
  if (Path !== undefined && isAbsolute(Path)) {
    return { kind: 'Path', target: Path, secret: null, name: stemOf(safeFileName(basename(Path), 'model')) }
  }
  throw new Problem('invalid', 'The path must be absolute.', { field: 'Path' })
}

/** What a project's function is called until the project's own name is known. */
export function defaultProjectName(project: string): string {
  return `Edge Impulse project ${project}`
}

function urlTarget(url: URL): LinkTarget {
  url.hash = ''
  const target = shownAddress(url)
  const hub = hubAddress(url.href)
  return {
    kind: 'Url',
    target,
    secret: target === url.href ? null : url.href,
    name: hub ? hubName(hub) : stemOf(safeFileName(lastSegment(url), url.hostname)),
  }
}

/** Most models of the Hub are called `model`: the repository tells them apart. */
function hubName({ repository, file }: HubAddress): string {
  const name = repository.split('/').at(-1) ?? repository
  const stem = stemOf(safeFileName(file ?? '', 'model'))
  return stem === 'model' ? name : `${name}/${stem}`
}

/** Stands for a value that is not shown. */
export const HIDDEN = '***'

const secretName =
  /(^|[-_.])(access|api|auth|code|credentials?|jwt|key|pass(word|wd)?|pwd|secret|sess(ion)?|sig(nature)?|token)/i
const secretLength = 32

/** An address as it may be stored and shown: without name and password, and without values that open the file to whoever has them. */
function shownAddress(address: URL): string {
  const shown = new URL(address)
  shown.username = ''
  shown.password = ''
  for (const [name, value] of address.searchParams) {
    if (secretName.test(name) || value.length >= secretLength) shown.searchParams.set(name, HIDDEN)
  }
  return shown.href
}
