import { fileURLToPath } from 'node:url'

const file = (name: string) =>
  fileURLToPath(new URL(`../../node_modules/@ricky0123/vad-web/dist/${name}`, import.meta.url))

/** Real models: Silero's voice activity detectors, MIT-licensed. */
export const models = {
  v5: file('silero_vad_v5.onnx'),
  v6: file('silero_vad_v6.onnx'),
  legacy: file('silero_vad_legacy.onnx'),
}
