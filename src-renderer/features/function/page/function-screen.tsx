import { Button, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { noModels, oneModel, type Subject } from '../../../actions/action.ts'
import { useActionContext, useSubject } from '../../../actions/use-action-context.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { ApiError } from '../../../lib/api/api-error.ts'
import { functionQuery, inspectionQuery, operationsQuery } from '../../../lib/api/queries.ts'
import { troubleOf } from '../../../lib/format/trouble.ts'
import { offeredTabs, type Tab } from '../../../lib/state/function-tabs.ts'
import { ApiTab } from '../api/api-tab.tsx'
import { CompareTab } from '../compare/compare-tab.tsx'
import { ContentsTab } from '../contents/contents-tab.tsx'
import { HistoryTab } from '../history/history-tab.tsx'
import { OverviewTab } from '../overview/overview-tab.tsx'
import { SignatureTab } from '../signature/signature-tab.tsx'
import { TryTab } from '../try/try-tab.tsx'
import { FunctionHeader } from './function-header.tsx'
import styles from './function-screen.module.css'
import { GoneFunction } from './gone-function.tsx'
import { PageSkeleton, ReportSkeleton } from './page-skeleton.tsx'

const GraphTab = lazy(() => import('../graph/graph-tab.tsx'))

/** Everything about one model. */
export function FunctionScreen() {
  const { uuid } = useParams({ from: '/function/$uuid' })
  const { tab: asked, with: other, scope = 'main' } = useSearch({ from: '/function/$uuid' })
  const navigate = useNavigate({ from: '/function/$uuid' })
  const detail = useQuery(functionQuery(uuid))
  const model = detail.data?.body
  // What was read from a file that is away now is still known.
  const inspection = useQuery({ ...inspectionQuery(uuid), enabled: model !== undefined && model.Downloads.length > 0 })
  const report = inspection.data
  const sha256 = model?.Downloads[0]?.Sha256
  const operations = useQuery(operationsQuery)
  const has = model?.Status === 'ok' ? 'file' : report ? 'report' : 'nothing'
  const shown = offeredTabs(has, (path) => operations.data?.has(path) ?? false)
  const tab = shown.find(({ id }) => id === asked)?.id ?? 'overview'
  const go = (next: Tab) => void navigate({ search: next === 'overview' ? {} : { tab: next }, replace: true })

  const showScope = (next: string) =>
    void navigate({ search: { tab: 'graph', ...(next !== 'main' && { scope: next }) }, replace: false })

  const { back } = useActionContext()()
  const subject: Subject = {
    place: 'page',
    models: model ? oneModel(model) : noModels,
    leave: back,
    page: { tabs: shown, open: go },
  }
  useSubject(() => subject)

  // What was read earlier is of no use once the model is gone.
  if (detail.error instanceof ApiError && detail.error.status === 404)
    return <GoneFunction uuid={uuid} onBack={() => void detail.refetch()} />
  if (detail.isError && !model) {
    return (
      <EmptyState
        title="The model could not be read"
        actions={<Button onClick={() => void detail.refetch()}>Try again</Button>}
      >
        {detail.error.message} <Link to="/">Show all models</Link>
      </EmptyState>
    )
  }
  if (!model) return <PageSkeleton />
  const waiting = inspection.isPending ? <ReportSkeleton /> : null
  return (
    <>
      <title>{`${model.Name} · Model Cabinet`}</title>
      <FunctionHeader model={model} report={report} subject={subject} />
      <Tabs
        value={tab}
        onChange={(value) => {
          const next = shown.find(({ id }) => id === value)
          if (next) go(next.id)
        }}
        className={styles.tabs}
        classNames={{ list: styles.list, tab: styles.tab, panel: styles.panel }}
        keepMounted={false}
      >
        <Tabs.List>
          {shown.map(({ id, label }, index) => (
            <Tabs.Tab key={id} value={id} title={`Key ${index + 1}`}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {model.Status === 'error' && (
          <p className={styles.problem} role="status">
            {troubleOf(model)}
            {report && ' Showing the last known facts.'}
          </p>
        )}
        {inspection.isError && (
          <p className={styles.problem} role="alert">
            The report on this model could not be read. {inspection.error.message}
          </p>
        )}
        <Tabs.Panel value="overview">
          <OverviewTab model={model} report={report} />
        </Tabs.Panel>
        <Tabs.Panel value="signature">
          <SignatureTab model={model} report={report} />
        </Tabs.Panel>
        <Tabs.Panel value="graph" className={styles.whole}>
          <Suspense>
            {report && sha256 !== undefined && (
              <GraphTab key={sha256} graph={{ uuid, sha256 }} report={report} scopeName={scope} onScope={showScope} />
            )}
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="contents">{report ? <ContentsTab report={report} uuid={uuid} /> : waiting}</Tabs.Panel>
        <Tabs.Panel value="try">{report ? <TryTab key={uuid} model={model} report={report} /> : waiting}</Tabs.Panel>
        <Tabs.Panel value="compare">
          <CompareTab key={uuid} model={model} report={report} other={other} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab model={model} />
        </Tabs.Panel>
        <Tabs.Panel value="api">
          <ApiTab model={model} report={report} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
