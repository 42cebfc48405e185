import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { sentenceOf } from '../api/api-error.ts'
import styles from './tell.module.css'

/** A way back that stays offered for a while. */
export type Action = { label: string; run: () => Promise<void> }

const dismiss = { 'aria-label': 'Dismiss' }

/** Says that something was done, with a way to undo it. @returns what takes the notice away */
export function tellDone(sentence: string, action?: Action): () => void {
  const id = notifications.show({
    icon: <IconCheck size={16} />,
    closeButtonProps: dismiss,
    className: styles.done,
    withBorder: false,
    autoClose: action ? 12_000 : 5_000,
    message: (
      <div className={styles.line}>
        <span>{sentence}</span>
        {action && (
          <Button
            size="compact-sm"
            onClick={() => {
              notifications.hide(id)
              action.run().catch((error: unknown) => tellProblem(sentenceOf(error)))
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
    ),
  })
  return () => {
    notifications.hide(id)
  }
}

/** Says what went wrong where there is no better place to say it; stays until it is closed. */
export function tellProblem(sentence: string): void {
  notifications.show({
    icon: <IconAlertTriangle size={16} />,
    closeButtonProps: dismiss,
    className: styles.problem,
    autoClose: false,
    message: <span role="alert">{sentence}</span>,
  })
}
