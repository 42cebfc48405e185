import { env, InferenceSession } from 'onnxruntime-node'

/** Version of ONNX Runtime. */
export const runtimeVersion = env.versions.node ?? env.versions.common

export type OpenedSession = { session: InferenceSession /** Milliseconds. */; loadTime: number }

/**
 * Opens a model by its path, so that its weights are not copied through JavaScript.
 * @param threads threads of one operator; 0 for as many as the machine has cores
 * @throws Error in ONNX Runtime's words
 */
export async function openSession(path: string, threads: number): Promise<OpenedSession> {
  const started = performance.now()
  const session = await InferenceSession.create(path, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Only fatal: warnings would be written to standard error for every odd model.
    logSeverityLevel: 4,
  })
  return { session, loadTime: performance.now() - started }
}
