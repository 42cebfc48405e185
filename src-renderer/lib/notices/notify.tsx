import { Button } from '@mantine/core'
import { notifications, notificationsStore } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { sentenceOf } from '../api/api-error.ts'
import { dialogs, isCovered } from '../state/dialogs.ts'
import styles from './notify.module.css'

/** A way back that stays offered for a while. */
export type Action = {
  label: string
  run: () => Promise<void>
  /** Waits for what makes the action pointless, which takes the notice away. @returns what ends the waiting */
  until?: (withdraw: () => void) => () => void
}

/** Milliseconds for which notices stay that go by themselves. */
const lifetimes = new Map<string, number>()

// What a dialog lies over cannot be read or undone: the time of notices begins anew when it is gone.
dialogs.subscribe((now, before) => {
  const covered = isCovered(now)
  if (covered === isCovered(before)) return
  notifications.updateState(notificationsStore, (shown) =>
    shown.map((notice) => {
      const lifetime = notice.id === undefined ? undefined : lifetimes.get(notice.id)
      return lifetime === undefined ? notice : { ...notice, autoClose: !covered && lifetime }
    }),
  )
})

const dismiss = { 'aria-label': 'Dismiss' }

/** Says that something was done, with a way to undo it. @returns what takes the notice away */
export function tellDone(sentence: string, action?: Action): () => void {
  const lifetime = action ? 12_000 : 5_000
  const id = notifications.show({
    icon: <IconCheck size={16} />,
    closeButtonProps: dismiss,
    className: styles.done,
    withBorder: false,
    autoClose: !isCovered(dialogs.getState()) && lifetime,
    onClose: () => {
      lifetimes.delete(id)
      stopWaiting?.()
    },
    message: (
      <div className={styles.line}>
        <span>{sentence}</span>
        {action && (
          <Button
            size="compact-sm"
            onClick={() => {
              notifications.hide(id)
              action.run().catch(tellError)
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
    ),
  })
  lifetimes.set(id, lifetime)
  const hide = () => {
    notifications.hide(id)
  }
  const stopWaiting = action?.until?.(hide)
  return hide
}

/** Says what went wrong where there is no better place to say it; stays until it is closed. */
export function tellProblem(sentence: string): void {
  notifications.show({
    icon: <IconAlertTriangle size={16} />,
    closeButtonProps: dismiss,
    className: styles.problem,
    autoClose: false,
    message: sentence,
  })
}

/** Says why something failed. */
export const tellError = (error: unknown): void => tellProblem(sentenceOf(error))
