import type { ModelLocation } from '../../../../src-contract/contract/functions/location.ts'

const STORED = /^(.*)([/\\])files[/\\][0-9a-f]{2}[/\\][0-9a-f]{62}$/

/** The token's file beside a model that the cabinet keeps a copy of; null where the model lies elsewhere. */
export function tokenFileBeside(location: ModelLocation | undefined): string | null {
  const [, folder, separator] = STORED.exec(location?.Path ?? '') ?? []
  return folder === undefined || separator === undefined ? null : `${folder}${separator}token`
}
