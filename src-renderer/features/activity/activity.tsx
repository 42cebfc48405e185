import { ActionIcon, Button, Popover, Progress } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import { jobName } from '../../../src-contract/words/job-name.ts'
import { controlJob } from '../../actions/control-job.ts'
import { importQueue, outcomeWords, progressOf } from '../../actions/import/import-queue.ts'
import { pastImports } from '../../actions/import/past-imports.ts'
import { cancelImports } from '../../actions/import/run-imports.ts'
import { jobsQuery } from '../../lib/api/queries.ts'
import { isActive, progressWords } from '../../lib/format/job-words.ts'
import { isTyping } from '../../lib/hooks/is-typing.ts'
import { dialogs, isCovered } from '../../lib/state/dialogs.ts'
import { BELOW_DIALOGS } from '../../lib/theme/layers.ts'
import styles from './activity.module.css'
import { ImportResults } from './import-results.tsx'
import { JobList } from './job-list.tsx'
import { PastImports } from './past-imports.tsx'

/** What goes on, in words, how far it is from 0 to 1, and what stops it. */
type Work = { words: string; name: string; share: number | null; stop: () => void }

/** Always in the same corner: the words below it grow and shrink while work goes on. */
const corner = { position: 'fixed', top: 'auto', right: 12, bottom: 40, left: 'auto' } as const

function setOpen(opened: boolean): void {
  importQueue.setState({ open: false })
  dialogs.setState({ activity: opened })
}

/** Wherever the focus is, Escape closes the activity before it does anything else; dialogs, menus and fields have their own. */
function useEscape(open: boolean): void {
  useEffect(() => {
    if (!open) return
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || isTyping(event) || isCovered(dialogs.getState())) return
      event.stopPropagation()
      setOpen(false)
    }
    window.addEventListener('keydown', close, { capture: true })
    return () => window.removeEventListener('keydown', close, { capture: true })
  }, [open])
}

/** On another page the results make room for it; the status bar opens them again. */
function useRest(): void {
  const pathname = useLocation({ select: (location) => location.pathname })
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    importQueue.setState({ open: false })
  }, [pathname])
}

/** All long work in one place of the status bar: what goes on and a way to stop it; on a click all that was. */
export function Activity() {
  const jobs = useQuery(jobsQuery)
  const { items, open: importsOpen, paused } = useStore(importQueue)
  const past = useStore(pastImports, ({ imports }) => imports)
  const asked = useStore(dialogs, ({ activity }) => activity)
  const open = importsOpen || asked
  useEscape(open)
  useRest()
  // Digests are computed whenever a model is opened; only a failure is of interest.
  const shown = (jobs.data ?? []).filter((job) => job.Kind !== 'digests' || job.State === 'failed')
  const active = shown.filter(isActive)
  const [first] = active
  const { over, count, share } = progressOf(items)

  const works: Work[] = []
  if (over < count)
    works.push({
      words: `${paused ? 'Paused at' : 'Importing'} ${groupedNumber(over + 1)} of ${groupedNumber(count)}`,
      name: 'Import',
      share,
      stop: cancelImports,
    })
  if (first)
    works.push({
      words: `${jobName(first)} ${progressWords(first)}`,
      name: jobName(first),
      share: first.Total === null ? null : first.Done / Math.max(1, first.Total),
      stop: () => controlJob(first.UUID, 'cancel'),
    })
  const [work] = works
  const more = (over < count ? 1 : 0) + active.length - 1
  const words = work ? `${work.words}${more > 0 ? `, ${more} more` : ''}` : count > 0 ? outcomeWords(items) : 'Activity'

  return (
    <div className={styles.part}>
      {/* Its button's words change while work goes on; the name of what it opens does not. */}
      <span id="activity-name" hidden>
        Activity
      </span>
      <Popover
        opened={open}
        onChange={setOpen}
        width={460}
        position="top-end"
        offset={10}
        withRoles
        trapFocus={false}
        zIndex={BELOW_DIALOGS}
        closeOnClickOutside={!importsOpen}
      >
        <Popover.Target>
          <Button size="compact-xs" variant="subtle" className={styles.words} onClick={() => setOpen(!open)}>
            {words}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={styles.panel} style={corner} data-activity aria-labelledby="activity-name">
          {count > 0 && <ImportResults />}
          {(shown.length > 0 || (past.length === 0 && count === 0)) && <JobList jobs={shown} />}
          {past.length > 0 && <PastImports imports={past} />}
        </Popover.Dropdown>
      </Popover>
      {work && (
        <>
          {work.share !== null && (
            <Progress
              className={styles.bar}
              size={4}
              value={work.share * 100}
              color="var(--accent)"
              aria-label={work.name}
            />
          )}
          <ActionIcon
            size={20}
            aria-label={work.name === 'Import' && over < count ? 'Stop importing' : `Stop: ${work.name}`}
            onClick={work.stop}
          >
            <IconX size={13} />
          </ActionIcon>
        </>
      )}
    </div>
  )
}
