import { expect, it } from 'vitest'
import { hearForOffers, withdrawAfter } from './undo-offers.ts'

// Protects notices from offering to undo what has been undone otherwise, and from going while there is still something to undo.

it('withdraws an offer when all of its models are back, and not before', () => {
  let withdrawn = 0
  withdrawAfter('function.undeleted', ['a', 'b'], () => withdrawn++)
  hearForOffers({ Kind: 'function.undeleted', UUID: 'c' })
  hearForOffers({ Kind: 'function.updated', UUID: 'b' })
  hearForOffers({ Kind: 'function.undeleted', UUID: 'a' })
  hearForOffers({ Kind: 'function.undeleted', UUID: 'a' })
  expect(withdrawn).toBe(0)
  hearForOffers({ Kind: 'function.undeleted', UUID: 'b' })
  hearForOffers({ Kind: 'function.undeleted', UUID: 'b' })
  expect(withdrawn).toBe(1)
})

it('forgets an offer that is gone already', () => {
  let withdrawn = 0
  const forget = withdrawAfter('function.undeleted', ['a'], () => withdrawn++)
  forget()
  hearForOffers({ Kind: 'function.undeleted', UUID: 'a' })
  expect(withdrawn).toBe(0)
})
