import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { SESSION_KEY_HEADER, SESSION_KEY_PLACE } from '../../src-contract/util/session-key.ts'

/** One request to the API as the window makes it. @returns the body of the answer */
export async function ask(
  page: Page,
  method: 'DELETE' | 'GET' | 'PATCH' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  const text = await page.evaluate(
    async ([verb, asked, json, header, place]) => {
      const headers: Record<string, string> = { 'Content-Type': 'application/json' }
      if (window.cabinet) {
        const request = { id: `ask ${asked}`, method: verb, path: asked, headers }
        return (await window.cabinet.request(json === undefined ? request : { ...request, body: json })).body
      }
      const key = localStorage.getItem(place)
      if (key !== null) headers[header] = key
      return (await fetch(asked, { method: verb, headers, body: json ?? null })).text()
    },
    [method, path, body && JSON.stringify(body), SESSION_KEY_HEADER, SESSION_KEY_PLACE] as const,
  )
  return JSON.parse(text)
}

const Named = z.object({ UUID: z.string(), Name: z.string() })

/** The path of the model with this name in the API. */
export async function modelPath(page: Page, name: string): Promise<string> {
  const found = z.array(Named).parse(await ask(page, 'GET', `/functions?q=${name}`))
  return `/function/${found.find((model) => model.Name === name)?.UUID}`
}

/** Makes a catalogue, with the model of this name in it if one is given. */
export async function addCatalogue(page: Page, name: string, model?: string): Promise<void> {
  const { UUID } = Named.parse(await ask(page, 'POST', '/catalogues', { Name: name }))
  if (model !== undefined) await ask(page, 'PATCH', await modelPath(page, model), { Catalogues: [UUID] })
}

const Job = z.object({ UUID: z.string(), State: z.string() })

/** Starts a job, and waits until it is done. */
export async function runJob(page: Page, path: string, body: object): Promise<void> {
  const { UUID } = Job.parse(await ask(page, 'POST', path, body))
  const state = async () => Job.parse(await ask(page, 'GET', `/jobs/${UUID}`)).State
  await expect.poll(state, { timeout: 60_000, intervals: [50, 100, 200] }).toBe('done')
}
