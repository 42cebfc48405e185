import { ActionIcon, Button, Popover, Progress } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { controlJob } from '../../api/jobs.ts'
import { jobsQuery } from '../../api/queries.ts'
import { dialogs } from '../../state/dialogs.ts'
import bar from '../import/import-activity.module.css'
import { JobList } from './job-list.tsx'
import { isActive, jobName, progressWords } from './job-words.ts'

/** The cabinet's long work in the status bar: what goes on, how far it is, a way to stop it, and all that was. */
export function JobActivity() {
  const jobs = useQuery(jobsQuery)
  const open = useStore(dialogs, (state) => state.activity)
  const setOpen = (activity: boolean) => dialogs.setState({ activity })
  // Digests are made whenever somebody looks at a model; nobody waits for them.
  const shown = (jobs.data ?? []).filter((job) => job.Kind !== 'digests' || job.State === 'failed')
  const active = shown.filter(isActive)
  const [first] = active
  if (shown.length === 0) return null
  return (
    <div className={bar.part}>
      <Popover opened={open} onChange={setOpen} width={460} position="top-end" offset={10} withRoles trapFocus={false}>
        <Popover.Target>
          <Button size="compact-xs" variant="subtle" className={bar.words} onClick={() => setOpen(!open)}>
            {first ? `${jobName(first)} ${progressWords(first)}` : 'Activity'}
            {active.length > 1 && `, ${active.length - 1} more`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={bar.panel} aria-label="Activity">
          <JobList jobs={shown} />
        </Popover.Dropdown>
      </Popover>
      {first && (
        <>
          {first.Total !== null && (
            <Progress
              className={bar.bar}
              size={4}
              value={(first.Done / Math.max(1, first.Total)) * 100}
              color="var(--accent)"
              aria-label={jobName(first)}
            />
          )}
          <ActionIcon
            size={20}
            aria-label={`Stop: ${jobName(first)}`}
            onClick={() => void controlJob(first.UUID, 'cancel')}
          >
            <IconX size={13} />
          </ActionIcon>
        </>
      )}
    </div>
  )
}
