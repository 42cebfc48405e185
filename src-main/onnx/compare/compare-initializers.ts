import {
  type Comparison,
  type InitializerChange,
  mostInitializerChanges,
} from '../../../src-contract/contract/models/compare.ts'
import type { Initializer } from '../../../src-contract/contract/models/inspection.ts'

/**
 * Compares stored tensors by place and digest. A tensor that is gone from one place and stands in another with the same
 * values was only renamed, as exporters do that number their tensors.
 */
export function compareInitializers(
  left: readonly Initializer[],
  right: readonly Initializer[],
): Comparison['Initializers'] {
  const rightByPlace = new Map(right.map((item) => [placeOf(item), item]))
  const changes: InitializerChange[] = []
  const removed: Initializer[] = []
  let Same = 0
  let Unknown = 0
  for (const before of left) {
    const after = rightByPlace.get(placeOf(before))
    if (after === undefined) {
      removed.push(before)
      continue
    }
    rightByPlace.delete(placeOf(before))
    if (
      !hasSameForm(before, after) ||
      (before.Sha256 !== null && after.Sha256 !== null && before.Sha256 !== after.Sha256)
    ) {
      changes.push(changeOf('changed', before, after))
    } else if (before.Sha256 === null || after.Sha256 === null) Unknown++
    else Same++
  }
  const Changed = changes.length
  const added = new Map<string, Initializer[]>()
  for (const item of rightByPlace.values())
    added.set(item.Sha256 ?? '', [...(added.get(item.Sha256 ?? '') ?? []), item])
  let Renamed = 0
  for (const before of removed) {
    const after = before.Sha256 === null ? undefined : added.get(before.Sha256)?.shift()
    if (after !== undefined) Renamed++
    changes.push(changeOf(after === undefined ? 'removed' : 'renamed', before, after ?? null))
  }
  for (const items of added.values()) for (const after of items) changes.push(changeOf('added', null, after))
  const Added = changes.filter(({ Change }) => Change === 'added').length
  const Items = changes.sort((a, b) => bytesOf(b) - bytesOf(a)).slice(0, mostInitializerChanges)
  return { Same, Changed, Added, Removed: removed.length - Renamed, Renamed, Unknown, Items }
}

function placeOf({ Scope, Name }: Initializer): string {
  return `${Scope}\n${Name}`
}

function hasSameForm(left: Initializer, right: Initializer): boolean {
  return left.ElementType === right.ElementType && left.Shape.join() === right.Shape.join()
}

function changeOf(
  Change: InitializerChange['Change'],
  left: Initializer | null,
  right: Initializer | null,
): InitializerChange {
  const { Scope = '', Name = '' } = left ?? right ?? {}
  return { Scope, Name, Change, Left: sideOf(left), Right: sideOf(right) }
}

function sideOf(item: Initializer | null): InitializerChange['Left'] {
  if (item === null) return null
  const { Name, ElementType, Shape, Bytes, Sha256 } = item
  return { Name, ElementType, Shape, Bytes, Sha256 }
}

function bytesOf({ Left, Right }: InitializerChange): number {
  return Math.max(Left?.Bytes ?? 0, Right?.Bytes ?? 0)
}
