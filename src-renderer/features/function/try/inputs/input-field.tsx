import { Button, NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { IconPhoto, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import type { ShortSignature, ShortValue } from '../../../../../src-contract/words/signature-line.ts'
import { Shape, TypeName } from '../../../../components/model/signature-line.tsx'
import { Problem } from '../../../../components/text/problem.tsx'
import { sentenceOf } from '../../../../lib/api/api-error.ts'
import { canBeGiven } from '../run-obstacle.ts'
import styles from '../try-tab.module.css'
import { imageInput } from './image-tensor.ts'
import { hasOpenAxis, type InputChoice, sampleJson, smallestShape } from './input-choice.ts'
import { npyForInput } from './npy-for-input.ts'
import { pictureShape } from './picture-shape.ts'
import { PictureThumbnail } from './picture-thumbnail.tsx'

type Props = {
  input: GraphValue
  short: ShortValue
  symbols: ShortSignature['symbols']
  details: FunctionDetail['InputDriverDetails']
  dimensions: Readonly<Record<string, number>>
  choice: InputChoice
  onChange: (choice: InputChoice) => void
}

const kinds = [
  { value: 'random', label: 'Random' },
  { value: 'zeros', label: 'Zeros' },
  { value: 'json', label: 'JSON' },
  { value: 'file', label: 'File' },
]

/** Where the values of one input come from. */
export function InputField({ input, short, symbols, details, dimensions, choice, onChange }: Props) {
  const [picking, setPicking] = useState(false)
  const kind = picking ? 'file' : choice.kind
  const [problem, setProblem] = useState('')
  const file = useRef<HTMLInputElement>(null)
  const picture = pictureShape(input, details)

  const changeKind = (next: string) => {
    setPicking(next === 'file')
    setProblem('')
    const shape = 'shape' in choice && choice.shape !== undefined ? { shape: choice.shape } : {}
    if (next === 'random') onChange({ kind: 'random', seed: 0, ...shape })
    if (next === 'zeros') onChange({ kind: 'zeros', ...shape })
    if (next === 'json') onChange({ kind: 'json', text: sampleJson(input, dimensions) })
  }
  const read = async (chosen: File) => {
    try {
      const isNumpy = chosen.name.toLowerCase().endsWith('.npy')
      if (!isNumpy && !picture) throw new Error('This input takes a .npy file.')
      const { made, ...told } =
        isNumpy || !picture
          ? npyForInput(await chosen.arrayBuffer(), input)
          : await imageInput(chosen, picture, input.ElementType)
      onChange({ kind: 'file', name: chosen.name, input: made, ...told })
      setPicking(false)
      setProblem('')
    } catch (error) {
      setProblem(`${chosen.name}: ${sentenceOf(error)}`)
    }
  }

  const legend = (
    <legend className={`${styles.legend} mono`}>
      {input.Name} <TypeName value={short} /> <Shape value={short} symbols={symbols} />
    </legend>
  )
  if (!canBeGiven(input))
    return (
      <fieldset className={styles.input}>
        {legend}
        <p className={styles.done}>Not supported here.</p>
      </fieldset>
    )
  return (
    <fieldset className={styles.input}>
      {legend}
      <div className={styles.choice}>
        <SegmentedControl
          size="xs"
          aria-label={`Values of ${input.Name}`}
          data={kinds}
          value={kind}
          onChange={changeKind}
        />
        {kind === 'random' && choice.kind === 'random' && (
          <NumberInput
            size="xs"
            className={styles.seed}
            aria-label={`Seed of ${input.Name}`}
            prefix="seed "
            min={0}
            max={2 ** 32 - 1}
            allowDecimal={false}
            value={choice.seed}
            onChange={(seed) => onChange({ ...choice, seed: Number(seed) || 0 })}
          />
        )}
        {!picking && (choice.kind === 'random' || choice.kind === 'zeros') && hasOpenAxis(input) && (
          <TextInput
            size="xs"
            className={styles.seed}
            aria-label={`Shape of ${input.Name}`}
            placeholder={`shape ${smallestShape(input, dimensions)}`}
            value={choice.shape ?? ''}
            onChange={(event) => onChange({ ...choice, shape: event.currentTarget.value })}
          />
        )}
        {kind === 'file' && (
          <>
            <Button
              size="compact-sm"
              leftSection={picture ? <IconPhoto size={14} /> : <IconUpload size={14} />}
              onClick={() => file.current?.click()}
            >
              {picture ? 'Picture or .npy…' : '.npy…'}
            </Button>
            <input
              ref={file}
              type="file"
              hidden
              accept={picture ? '.npy,image/*' : '.npy'}
              onChange={(event) => {
                const [chosen] = event.currentTarget.files ?? []
                if (chosen) void read(chosen)
                // The same file may be chosen again once it has changed.
                event.currentTarget.value = ''
              }}
            />
            {choice.kind === 'file' && choice.thumbnail && (
              <PictureThumbnail picture={choice.thumbnail} name={choice.name} />
            )}
            <span className={styles.done}>
              {choice.kind === 'file'
                ? [choice.name, choice.input.Shape?.join('×') ?? '', choice.note]
                    .filter((word) => word !== '')
                    .join(', ')
                : picture
                  ? `converted to ${picture.channels} × ${picture.height} × ${picture.width}, ${picture.order}`
                  : ''}
            </span>
          </>
        )}
      </div>
      {kind === 'json' && choice.kind === 'json' && (
        <Textarea
          aria-label={`Values of ${input.Name} as JSON`}
          placeholder="[[0.5, 0.25, 1]]"
          autosize
          minRows={2}
          maxRows={10}
          value={choice.text}
          onChange={(event) => onChange({ kind: 'json', text: event.currentTarget.value })}
        />
      )}
      <Problem>{problem}</Problem>
    </fieldset>
  )
}
