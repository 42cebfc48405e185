import { SegmentedControl } from '@mantine/core'
import { z } from 'zod'
import type { FunctionDetail, FunctionUpdate } from '../../../../src-contract/contract/functions/function.ts'
import { Card } from '../../../components/layout/card.tsx'
import { Fact } from '../../../components/layout/fact.tsx'
import { SaveState } from '../../../components/text/save-state.tsx'
import { useSave } from '../../../lib/hooks/use-save.ts'
import styles from './driver-card.module.css'
import { SavedText } from './saved-text.tsx'
import { type Details, visionSettings, withSetting, writtenSetting } from './vision-settings.ts'

const DetailsText = z.record(z.string(), z.json())

/** @throws Error with a sentence where the text is no object of JSON */
function readDetails(text: string): Details {
  if (text === '') return {}
  try {
    return DetailsText.parse(JSON.parse(text))
  } catch {
    throw new Error('The details must be a JSON object, such as {"rate": 16000}.')
  }
}

type Side = 'InputDriver' | 'OutputDriver'

const detailsOf = (model: FunctionDetail, side: Side): Details =>
  side === 'InputDriver' ? model.InputDriverDetails : model.OutputDriverDetails

const changeOf = (side: Side, details: Details): FunctionUpdate =>
  side === 'InputDriver' ? { InputDriverDetails: details } : { OutputDriverDetails: details }

/** Whether channels come first or last, as two words to choose from. */
function Order({ model }: { model: FunctionDetail }) {
  const { save, saving } = useSave(model.UUID)
  const details = model.InputDriverDetails
  return (
    <Fact label="Order">
      <SegmentedControl
        size="xs"
        aria-label="Order of the axes"
        data={[
          { value: '0', label: 'NCHW' },
          { value: '1', label: 'NHWC' },
        ]}
        value={details.order === 1 ? '1' : '0'}
        onChange={(order) => {
          save({ InputDriverDetails: withSetting(details, 'order', Number(order)) }).catch(() => undefined)
        }}
      />
      <SaveState saving={saving} />
    </Fact>
  )
}

type Props = {
  model: FunctionDetail
  side: Side
  /** Whether an input looks like a picture; undefined where nothing is known of the inputs. */
  takesPictures: boolean | undefined
}

/** How pictures become tensors: the driver, and for vision its settings one by one. */
export function DriverCard({ model, side, takesPictures }: Props) {
  const details = detailsOf(model, side)
  const named = model[side] === 'vision'
  // The API stores “vision” for whoever says nothing: without a picture to read, that is no fact about the model.
  const isUnsaid = named && takesPictures === false && Object.keys(details).length === 0
  const isVision = named && side === 'InputDriver' && !isUnsaid
  return (
    <Card title={side === 'InputDriver' ? 'Input driver' : 'Output driver'}>
      <dl>
        <Fact label="Driver">
          <SavedText
            uuid={model.UUID}
            label={side === 'InputDriver' ? 'the input driver' : 'the output driver'}
            placeholder="none"
            value={model[side]}
            change={(text) => (side === 'InputDriver' ? { InputDriver: text } : { OutputDriver: text })}
          />
        </Fact>
        {isVision &&
          visionSettings.map(({ key, label, placeholder, read }) => (
            <Fact key={key} label={label}>
              <SavedText
                uuid={model.UUID}
                label={label}
                placeholder={placeholder}
                value={writtenSetting(details, key)}
                change={(text) => changeOf(side, withSetting(details, key, text === '' ? null : read(text)))}
              />
            </Fact>
          ))}
        {isVision && <Order model={model} />}
        {!isVision && (
          <Fact label="Details">
            <SavedText
              uuid={model.UUID}
              label="the driver’s details as JSON"
              placeholder="none"
              maxLength={65_536}
              value={Object.keys(details).length === 0 ? '' : JSON.stringify(details)}
              change={(text) => changeOf(side, readDetails(text))}
            />
          </Fact>
        )}
      </dl>
      {isUnsaid && (
        <p className={styles.unsaid}>
          The API's default, not read from this model: none of its inputs looks like an image.
        </p>
      )}
    </Card>
  )
}
