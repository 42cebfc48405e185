import { Button, NumberInput, Progress } from '@mantine/core'
import { IconGauge, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Job } from '../../../../src-contract/contract/admin/job.ts'
import { BenchmarkResult, BenchmarkSoFar, measuredOn } from '../../../../src-contract/contract/models/benchmark.ts'
import type { GraphValue } from '../../../../src-contract/contract/models/inspection.ts'
import { operations } from '../../../../src-contract/operations/operations.ts'
import { duration, groupedNumber, shortBytes } from '../../../../src-contract/words/human-number.ts'
import { controlJob } from '../../../actions/control-job.ts'
import { Card } from '../../../components/layout/card.tsx'
import { Problem } from '../../../components/text/problem.tsx'
import { call } from '../../../lib/api/client.ts'
import { benchmarksQuery, jobQuery } from '../../../lib/api/queries.ts'
import { moment } from '../../../lib/format/time.ts'
import { benchmarkInputs, benchmarkWords, toldDimensions, withOptionals } from './inputs/input-choice.ts'
import type { Form } from './inputs/prefill.ts'
import { histogram } from './outputs/histogram.ts'
import styles from './try-tab.module.css'

const STEPS = 40

/** How long runs took and how many took so long. */
function Histogram({ times }: { times: readonly number[] }) {
  const bars = histogram(times, STEPS)
  const largest = Math.max(1, ...bars.map(({ count }) => count))
  const sorted = [...times].sort((left, right) => left - right)
  const at = (share: number) => duration(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
  return (
    <>
      <div
        className={styles.histogram}
        role="img"
        aria-label={`Times of ${groupedNumber(times.length)} runs, ${at(0)} to ${at(1)}, median ${at(0.5)}`}
      >
        {bars.map(({ from, to, count }) => (
          <span
            key={from}
            className={styles.bar}
            title={`${duration(from)} to ${duration(to)}: ${count}`}
            style={{ height: `${(count / largest) * 100}%` }}
          />
        ))}
      </div>
      <p className={styles.axis}>
        <span>{duration(bars[0]?.from ?? 0)}</span>
        <span>{duration(bars.at(-1)?.to ?? 0)}</span>
      </p>
    </>
  )
}

function Result({ result }: { result: BenchmarkResult }) {
  const figures: [string, string][] = [
    ['Median', duration(result.Median)],
    ['p95', duration(result.P95)],
    ['Fastest', duration(result.Min)],
    ['Slowest', duration(result.Max)],
    ['Loading', duration(result.LoadTime)],
    ['Memory', shortBytes(result.PeakMemory)],
  ]
  return (
    <>
      <dl className={styles.figures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="quiet">{name}</dt>
            <dd className={`${styles.figure} numeric`}>{value}</dd>
          </div>
        ))}
      </dl>
      <Histogram times={result.Times} />
      {result.Inputs && <p className="quiet">Measured {measuredOn(result.Inputs)}.</p>}
      <p className="quiet">
        {result.Machine.Cpu}, {result.Machine.Cores} cores, {result.Machine.System}; ONNX Runtime{' '}
        {result.Runtime.Version}, {result.Runtime.Provider}
      </p>
    </>
  )
}

function Running({ job }: { job: Job }) {
  if (job.State === 'failed' || job.State === 'cancelled')
    return (
      <p className={job.State === 'failed' ? 'bad' : 'quiet'} role="status">
        {job.Message === '' ? 'The measurement was stopped.' : job.Message}
      </p>
    )
  const share = job.Total ? (job.Done / job.Total) * 100 : 0
  return (
    <div className={styles.choice}>
      <Progress className={styles.progress} size={4} value={share} color="var(--accent)" aria-label="Measuring" />
      <span className="quiet numeric">
        {job.Total === null ? job.Message : `${groupedNumber(job.Done)} of ${groupedNumber(job.Total)} ${job.Unit}`}
      </span>
      <Button size="compact-sm" leftSection={<IconX size={13} />} onClick={() => controlJob(job.UUID, 'cancel')}>
        Stop
      </Button>
    </div>
  )
}

/** Measures how fast the model is on this machine, on what stands in the form. */
export function BenchmarkCard({ uuid, inputs, form }: { uuid: string; inputs: readonly GraphValue[]; form: Form }) {
  const [runs, setRuns] = useState<string | number>(50)
  const start = useMutation({
    mutationFn: async () =>
      call(operations.benchmarkFunction, {
        uuid,
        body: {
          Runs: Math.max(1, Number(runs) || 50),
          Dimensions: toldDimensions(inputs, form.choices, form.dimensions),
          Inputs: withOptionals(benchmarkInputs(form.choices), inputs, form.dimensions),
        },
      }),
  })
  const job = useQuery({
    ...jobQuery(start.data?.UUID ?? ''),
    enabled: start.data !== undefined,
    initialData: start.data,
  })
  const earlier = useQuery(benchmarksQuery(uuid))
  const [latest] = earlier.data ?? []
  const result = BenchmarkResult.safeParse(job.data?.Result)
  const soFar = BenchmarkSoFar.safeParse(job.data?.Result)
  const busy = job.data?.State === 'running' || job.data?.State === 'waiting'
  return (
    <Card
      title="Benchmark"
      actions={
        <>
          <NumberInput
            size="xs"
            className={styles.runs}
            aria-label="Number of runs"
            suffix=" runs"
            thousandSeparator=","
            min={1}
            max={100_000}
            allowDecimal={false}
            value={runs}
            onChange={setRuns}
          />
          <Button
            leftSection={<IconGauge size={15} />}
            disabled={busy || start.isPending}
            onClick={() => start.mutate()}
          >
            Measure
          </Button>
        </>
      }
    >
      <Problem>{start.error?.message}</Problem>
      {job.data && !result.success && <Running job={job.data} />}
      {soFar.success && (
        <div className={styles.live}>
          <Histogram times={soFar.data.Recent} />
        </div>
      )}
      {result.success && <Result result={result.data} />}
      {!job.data && !start.isError && latest && (
        <>
          <p className={`quiet ${styles.measured}`}>Measured {moment(latest.At)}</p>
          <Result result={latest.Result} />
        </>
      )}
      <p className={`quiet ${styles.used}`}>{benchmarkWords(form.choices)}</p>
    </Card>
  )
}
