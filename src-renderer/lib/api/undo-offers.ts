import type { CabinetEvent, EventKind } from '../../../src-contract/contract/admin/event.ts'

type Offer = { kind: EventKind; left: Set<string>; withdraw: () => void }

const offers = new Set<Offer>()

/**
 * Withdraws an offer when the cabinet has told an event of this kind for each of these models: a way back that was gone otherwise.
 * @returns what ends the waiting
 */
export function withdrawAfter(kind: EventKind, uuids: readonly string[], withdraw: () => void): () => void {
  const offer = { kind, left: new Set(uuids), withdraw }
  offers.add(offer)
  return () => void offers.delete(offer)
}

/** Hears what the cabinet tells. */
export function hearForOffers({ Kind, UUID }: Pick<CabinetEvent, 'Kind' | 'UUID'>): void {
  if (UUID === null) return
  for (const offer of offers) {
    if (offer.kind !== Kind || !offer.left.delete(UUID) || offer.left.size > 0) continue
    offers.delete(offer)
    offer.withdraw()
  }
}
