import { z } from 'zod'
import { failureOfStatus, NetworkFailure } from '../../network/network-failure.ts'
import { type OpenOptions, openUrl } from '../../network/open-url.ts'
import { readJson } from '../../network/read-json.ts'

/** The public HTTP API (docs.edgeimpulse.com, Studio API; its description is at studio.edgeimpulse.com/openapi.yml). */
export const EDGE_IMPULSE_URL = 'https://studio.edgeimpulse.com/v1'

/** What a project has to fetch: `tag` stays the same as long as the file does. */
export type Deployment = { url: URL; tag: string; projectName: string }

/** Failures, too, come with status 200: then `success` is false. */
const envelope = { success: z.boolean(), error: z.string().optional() }
const Project = z.object({ ...envelope, project: z.object({ name: z.string() }).optional() })
const History = z.object({
  ...envelope,
  deployments: z.array(z.object({ deploymentVersion: z.int(), deploymentFormat: z.string() })).default([]),
})
const Downloads = z.object({
  ...envelope,
  downloads: z.array(z.object({ name: z.string(), type: z.string(), link: z.string() })).default([]),
})

/** Answers about a project are small; more is none. */
const MAX_ANSWER = 4 * 1024 * 1024

export function keyHeader(apiKey: string): Record<string, string> {
  return { 'x-api-key': apiKey }
}

/**
 * Finds the model of a project: its newest deployment in an ONNX format, else an ONNX file among the downloads of its blocks, else its
 * newest deployment, which may be an archive with a model in it.
 * @param base address of the API
 * @throws NetworkFailure with a sentence; the signal's reason
 */
export async function findDeployment(base: URL, projectId: string, options: OpenOptions): Promise<Deployment> {
  const project = new URL(`${base.href.replace(/\/$/, '')}/api/${projectId}`)
  const at = (path: string) => new URL(`${project.href}${path}`)
  const { project: about } = await ask(project, Project, options)
  const { deployments } = await ask(at('/deployment/history?limit=100'), History, options)
  const newestFirst = deployments.toSorted((a, b) => b.deploymentVersion - a.deploymentVersion)
  const inOnnx = newestFirst.find(({ deploymentFormat }) => /onnx/i.test(deploymentFormat))
  const projectName = about?.name ?? ''
  const deployment = (version: number) => ({
    url: at(`/deployment/history/${version}/download`),
    tag: `deployment ${version}`,
    projectName,
  })
  if (inOnnx) return deployment(inOnnx.deploymentVersion)
  const { downloads } = await ask(at('/downloads'), Downloads, options)
  const file = downloads.find(({ name, type }) => /onnx/i.test(`${name} ${type}`))
  if (file) return { url: within(base, file.link), tag: '', projectName }
  const [newest] = newestFirst
  if (newest) return deployment(newest.deploymentVersion)
  throw new NetworkFailure(
    'refused',
    `The Edge Impulse project ${projectId} has no ONNX model yet. Build a deployment that includes one, then fetch again.`,
  )
}

/** The address of a download, given as a path of the API. @throws NetworkFailure where it leads to another machine. */
function within(base: URL, link: string): URL {
  const url = new URL(base.href.replace(/\/$/, '') + (link.startsWith('/') ? link : `/${link}`))
  if (url.origin !== base.origin) throw unexpected(base)
  return url
}

async function ask<T extends { success: boolean; error?: string | undefined }>(
  url: URL,
  schema: z.ZodType<T>,
  options: OpenOptions,
): Promise<T> {
  const { status, headers, body } = await openUrl(url, { ...options, headers: { Accept: 'application/json' } })
  // An answer that is not read to its end holds its connection.
  using _ = { [Symbol.dispose]: () => body.destroy() }
  if (status === 401 || status === 403) throw new NetworkFailure('refused', 'Edge Impulse rejected this API key.')
  if (status === 404) throw new NetworkFailure('refused', 'Edge Impulse has no such project.')
  if (status !== 200) throw failureOfStatus(status, url.host, headers['retry-after'])
  const answer = schema.safeParse(await readJson(body, url, MAX_ANSWER))
  if (!answer.success) throw unexpected(url)
  if (!answer.data.success) {
    const words = answer.data.error?.slice(0, 300) ?? 'no reason given'
    throw new NetworkFailure('refused', `Edge Impulse refused: ${words}`)
  }
  return answer.data
}

function unexpected({ host }: URL): NetworkFailure {
  return new NetworkFailure('temporary', `Unexpected response from ${host}.`)
}
