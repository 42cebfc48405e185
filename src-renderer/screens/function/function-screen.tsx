import { Button, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { functionQuery, inspectionQuery } from '../../api/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { isTyping } from '../../shell/use-global-keys.ts'
import { setStarred } from '../../state/change-functions.ts'
import { dialogs } from '../../state/dialogs.ts'
import { ApiTab } from './api-tab.tsx'
import { ContentsTab } from './contents-tab.tsx'
import { FunctionHeader } from './function-header.tsx'
import styles from './function-screen.module.css'
import { HistoryTab } from './history-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { SignatureTab } from './signature-tab.tsx'
import { type Tab, tabs } from './tabs.ts'

/** Everything about one model. */
export function FunctionScreen() {
  const { uuid } = useParams({ from: '/function/$uuid' })
  const { tab: asked } = useSearch({ from: '/function/$uuid' })
  const navigate = useNavigate({ from: '/function/$uuid' })
  const router = useRouter()
  const detail = useQuery(functionQuery(uuid))
  const model = detail.data?.body
  const inspection = useQuery({ ...inspectionQuery(uuid), enabled: model?.Status === 'ok' })
  const report = inspection.data
  const shown = tabs.filter(({ id }) => id === 'overview' || id === 'history' || id === 'api' || model?.Status === 'ok')
  const tab = shown.find(({ id }) => id === asked)?.id ?? 'overview'
  const go = (next: Tab) => void navigate({ search: next === 'overview' ? {} : { tab: next }, replace: true })

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return
      const wanted = shown[Number(event.key) - 1]
      if (wanted) go(wanted.id)
      else if (event.key === 'Escape') router.history.back()
      else if (event.key === 'e') document.querySelector<HTMLElement>('[data-edit="name"]')?.click()
      else if (event.key === 'c') dialogs.setState({ cataloguePicker: [uuid] })
      else if (event.key === 's' && model) void setStarred([uuid], !model.Starred)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })

  if (detail.isError && !model) {
    const gone = detail.error instanceof ApiError && detail.error.status === 404
    return (
      <EmptyState
        title={gone ? 'This model is not here any more' : 'The model could not be read'}
        actions={!gone && <Button onClick={() => void detail.refetch()}>Try again</Button>}
      >
        {gone ? 'It was deleted, or the link is of another cabinet. ' : detail.error.message}{' '}
        <Link to="/">Show all models</Link>
      </EmptyState>
    )
  }
  if (!model) return <div className={styles.pending} aria-busy />
  return (
    <>
      <title>{`${model.Name} · Model Cabinet`}</title>
      <FunctionHeader model={model} report={report} />
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
        <Tabs.Panel value="contents">{report && <ContentsTab report={report} />}</Tabs.Panel>
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
