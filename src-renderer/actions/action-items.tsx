import { Button, type ButtonProps, Menu } from '@mantine/core'
import { Fragment } from 'react'
import { type Action, type Context, isOffered, labelOf, perform } from './action.ts'
import { capsOf, shownKey } from './keys.ts'

type Props = { actions: readonly Action[]; context: Context }

const offered = ({ actions, context }: Props) => actions.filter((action) => isOffered(action, context))

/** A key, cap by cap. */
export function KeyCaps({ caps }: { caps: readonly string[] }) {
  return caps.map((cap) => <kbd key={cap}>{cap}</kbd>)
}

/** Actions as items of a menu; what destroys comes after a line. */
export function ActionItems({ actions, context }: Props) {
  return offered({ actions, context }).map((action) => {
    const { id, icon: Icon, danger } = action
    const key = shownKey(action, context)
    return (
      <Fragment key={id}>
        {danger && <Menu.Divider />}
        <Menu.Item
          data-danger={danger}
          leftSection={<Icon size={15} />}
          rightSection={key !== undefined && <KeyCaps caps={capsOf(key)} />}
          onClick={() => void perform(action, context)}
        >
          {labelOf(action, context)}
        </Menu.Item>
      </Fragment>
    )
  })
}

/** Actions as buttons. */
export function ActionButtons({ actions, context, ...button }: Props & ButtonProps) {
  return offered({ actions, context }).map((action) => {
    const { id, icon: Icon, danger } = action
    return (
      <Button
        key={id}
        leftSection={<Icon size={15} />}
        {...(danger && { variant: 'danger' })}
        {...button}
        onClick={() => void perform(action, context)}
      >
        {labelOf(action, context)}
      </Button>
    )
  })
}
