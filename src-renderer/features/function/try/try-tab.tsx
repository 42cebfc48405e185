import { Button, NumberInput } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { shortSignature } from '../../../../src-contract/words/signature-line.ts'
import { Card } from '../../../components/layout/card.tsx'
import { BenchmarkCard } from './benchmark-card.tsx'
import { askedInputs, symbolsOf } from './inputs/input-choice.ts'
import { InputField } from './inputs/input-field.tsx'
import { runForm } from './inputs/run-form.ts'
import { useForm } from './inputs/use-form.ts'
import { Outputs } from './outputs/outputs.tsx'
import { runObstacle } from './run-obstacle.ts'
import styles from './try-tab.module.css'

type Props = { model: FunctionDetail; report: Inspection }

/** From so many inputs on, all can be set at once. */
const MANY = 3

/** Runs a model on values of one's own or made-up ones; the form is filled with something that runs. */
export function TryTab({ model, report }: Props) {
  const inputs = askedInputs(report)
  const symbols = symbolsOf(inputs)
  const signature = shortSignature(report.Inputs, report.Outputs)
  const form = useForm(inputs)
  const abort = useRef<AbortController>(undefined)
  const run = useMutation({
    mutationFn: () => {
      abort.current = new AbortController()
      return runForm(model.UUID, inputs, form.attempts, abort.current.signal)
    },
    onSuccess: ({ form: ran }) => form.show(ran),
  })
  const obstacle = runObstacle(report)
  const stopped = run.isError && abort.current?.signal.aborted === true

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the button in it
    <div
      className={styles.tab}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || run.isPending || obstacle !== null) return
        event.preventDefault()
        run.mutate()
      }}
    >
      <div className={styles.column}>
        <Card
          title="Inputs"
          actions={
            <>
              {inputs.length >= MANY && (
                <>
                  <Button size="compact-sm" variant="subtle" onClick={() => form.setAll('random')}>
                    All random
                  </Button>
                  <Button size="compact-sm" variant="subtle" onClick={() => form.setAll('zeros')}>
                    All zeros
                  </Button>
                </>
              )}
              {run.isPending ? (
                <Button leftSection={<IconPlayerStop size={15} />} onClick={() => abort.current?.abort()}>
                  Stop
                </Button>
              ) : (
                <Button
                  variant="filled"
                  title={obstacle ?? 'Ctrl or Cmd and Enter'}
                  disabled={obstacle !== null}
                  leftSection={<IconPlayerPlay size={15} />}
                  onClick={() => run.mutate()}
                >
                  Run
                </Button>
              )}
            </>
          }
        >
          {report.Runtime.State === 'failed' && (
            <p className={styles.warning}>ONNX Runtime could not load this model here. {report.Runtime.Message}</p>
          )}
          {symbols.length > 0 && (
            <div className={styles.sizes}>
              {symbols.map((symbol) => (
                <NumberInput
                  key={symbol}
                  size="xs"
                  label={
                    <span className="mono" title={symbol}>
                      {signature.symbols.find(({ full }) => full === symbol)?.short ?? symbol}
                    </span>
                  }
                  aria-label={`Size of ${symbol}`}
                  min={0}
                  allowDecimal={false}
                  value={form.form.dimensions[symbol] ?? 1}
                  onChange={(size) => form.setDimension(symbol, Number(size) || 0)}
                />
              ))}
            </div>
          )}
          <div className={styles.inputs}>
            {inputs.map((input, index) => {
              const short = signature.inputs[index]
              return (
                short && (
                  <InputField
                    key={input.Name}
                    input={input}
                    short={short}
                    symbols={signature.symbols}
                    details={model.InputDriverDetails}
                    dimensions={form.form.dimensions}
                    choice={form.choiceOf(input.Name)}
                    onChange={(choice) => form.setChoice(input.Name, choice)}
                  />
                )
              )
            })}
          </div>
          {inputs.length === 0 && <p className="quiet">The model has no inputs; run it as it is.</p>}
        </Card>
        {obstacle === null && <BenchmarkCard uuid={model.UUID} inputs={inputs} form={form.form} />}
      </div>
      <div className={styles.column} aria-live="polite" aria-busy={run.isPending}>
        <Outputs
          report={report}
          obstacle={obstacle}
          result={run.data?.result}
          pending={run.isPending}
          problem={run.isError ? (stopped ? 'The run was stopped.' : run.error.message) : null}
          onRun={() => run.mutate()}
        />
      </div>
    </div>
  )
}
