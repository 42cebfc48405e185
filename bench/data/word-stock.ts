import { createRandom } from './random.ts'

const common =
  'for the of with on and in trained a to model exported from input images dataset version network by is classes at this float16 quantized opset dynamic batch sizes accuracy see paper weights backbone detection classification segmentation speech text tokens embedding fine tuned distilled pruned baseline experiment run notebook learning rate epochs loss validation test set augmentation noise camera frames video production edge device latency throughput memory runs well not used replaced draft do ship benchmark report reproduced original authors converted pytorch tensorflow keras scikit torchscript post training calibration symmetric per channel mixed precision attention transformer convolution residual encoder decoder head anchor mask pose keypoints depth stereo optical flow super resolution denoise colour audio wake word voice activity speaker language translation summary question answer retrieval ranking recommendation fraud anomaly forecast series sensor vibration medical chest xray retina satellite crop road traffic sign licence plate face hand gesture document receipt table layout handwriting barcode defect weld surface fabric solar panel inspection robot gripper warehouse drone'.split(
    ' ',
  )

/** Words of a documentation, the most frequent first: English ones, then names and terms that only few models share. */
export function wordStock(): string[] {
  const random = createRandom(11)
  const onsets = [
    'b',
    'br',
    'c',
    'ch',
    'd',
    'dr',
    'f',
    'g',
    'gl',
    'h',
    'j',
    'k',
    'l',
    'm',
    'n',
    'p',
    'pr',
    'r',
    's',
    'st',
    't',
    'tr',
    'v',
    'z',
  ] as const
  const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'io', 'ou'] as const
  const ends = ['', 'n', 'r', 's', 't', 'l', 'm', 'x', 'nd', 'ck'] as const
  const syllable = () => random.pick(onsets) + random.pick(vowels) + random.pick(ends)
  const words = new Set(common)
  while (words.size < 30_000) words.add(Array.from({ length: 2 + random.below(3) }, syllable).join(''))
  return [...words]
}
