import { describe, expect, it } from 'vitest'
import { functionOfLink } from './deep-link.ts'

const uuid = '14f08006-0000-4000-8000-000000000001'

describe('links into the app', () => {
  it('name a function', () => {
    expect(functionOfLink(`model-cabinet://function/${uuid}`)).toBe(uuid)
    // Browsers may write the scheme and the host in their own way.
    expect(functionOfLink(`Model-Cabinet://function/${uuid.toUpperCase()}/`)).toBe(uuid)
  })

  it.each([
    'model-cabinet://function/',
    'model-cabinet://function/../settings',
    `model-cabinet://function/${uuid}/download`,
    `model-cabinet://function/${uuid}?x=1`,
    `model-cabinet://catalogue/${uuid}`,
    `https://function/${uuid}`,
    `model-cabinet:function/${uuid}`,
  ])('nothing else: %s', (link) => {
    expect(functionOfLink(link)).toBeUndefined()
  })
})
