import { Button, NumberInput } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { FunctionDetail } from '../../../../src-contract/function.ts'
import { shortBytes } from '../../../../src-contract/human-number.ts'
import type { Inspection } from '../../../../src-contract/inspection.ts'
import { shortSignature } from '../../../../src-contract/signature-line.ts'
import { runFunction } from '../../../api/analysis.ts'
import { Card } from '../../../components/card.tsx'
import { duration } from '../../../format/quantity.ts'
import { BenchmarkCard } from './benchmark-card.tsx'
import { askedInputs, firstChoice, type InputChoice, runRequest, symbolsOf } from './input-choice.ts'
import { InputField } from './input-field.tsx'
import { OutputCard } from './output-card.tsx'
import styles from './try-tab.module.css'

type Props = { model: FunctionDetail; report: Inspection }

/** Runs a model on values of one's own or made-up ones; the form is filled with something that runs. */
export function TryTab({ model, report }: Props) {
  const inputs = askedInputs(report)
  const symbols = symbolsOf(report)
  const signature = shortSignature(report.Inputs, report.Outputs)
  const [choices, setChoices] = useState<Record<string, InputChoice>>({})
  const [dimensions, setDimensions] = useState<Record<string, number>>({})
  const abort = useRef<AbortController>(undefined)
  const run = useMutation({
    mutationFn: () => {
      abort.current = new AbortController()
      const all = Object.fromEntries(inputs.map(({ Name }) => [Name, choices[Name] ?? firstChoice]))
      return runFunction(model.UUID, runRequest(all, dimensions), { signal: abort.current.signal })
    },
  })
  const stopped = run.isError && abort.current?.signal.aborted

  return (
    <div className={styles.tab}>
      <div className={styles.column}>
        <Card
          title="Inputs"
          actions={
            run.isPending ? (
              <Button leftSection={<IconPlayerStop size={15} />} onClick={() => abort.current?.abort()}>
                Stop
              </Button>
            ) : (
              <Button variant="filled" leftSection={<IconPlayerPlay size={15} />} onClick={() => run.mutate()}>
                Run
              </Button>
            )
          }
        >
          {report.Runtime.State === 'failed' && (
            <p className={styles.warning}>ONNX Runtime did not open this model here. {report.Runtime.Message}</p>
          )}
          {symbols.length > 0 && (
            <div className={styles.sizes}>
              {symbols.map((symbol) => (
                <NumberInput
                  key={symbol}
                  size="xs"
                  label={symbol}
                  min={0}
                  allowDecimal={false}
                  value={dimensions[symbol] ?? 1}
                  onChange={(size) => setDimensions({ ...dimensions, [symbol]: Number(size) || 1 })}
                />
              ))}
            </div>
          )}
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
                  choice={choices[input.Name] ?? firstChoice}
                  onChange={(choice) => setChoices((now) => ({ ...now, [input.Name]: choice }))}
                />
              )
            )
          })}
          {inputs.length === 0 && <p className={styles.quiet}>The model takes no inputs; it can be run as it is.</p>}
        </Card>
        <BenchmarkCard uuid={model.UUID} dimensions={dimensions} />
      </div>
      <div className={styles.column} aria-live="polite">
        {run.isError && (
          <p className={styles.problem} role="alert">
            {stopped ? 'The run was stopped.' : run.error.message}
          </p>
        )}
        {run.data && (
          <p className={`${styles.quiet} numeric`}>
            Ran in {duration(run.data.Times.Run)}, loaded in {duration(run.data.Times.Load)}, {run.data.Provider}, at
            most {shortBytes(run.data.PeakMemory)}
          </p>
        )}
        {run.data &&
          Object.entries(run.data.Outputs).map(([name, output]) => (
            <OutputCard
              key={name}
              name={name}
              output={output}
              value={report.Outputs.find((value) => value.Name === name)}
            />
          ))}
        {run.data?.Skipped.map(({ Name, Message }) => (
          <p key={Name} className={styles.quiet}>
            {Name}: {Message}
          </p>
        ))}
        {!run.data && !run.isError && (
          <p className={styles.quiet}>{run.isPending ? 'Running…' : 'Press Run to see the outputs here.'}</p>
        )}
      </div>
    </div>
  )
}
