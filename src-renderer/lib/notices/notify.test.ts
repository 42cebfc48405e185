import { notifications, notificationsStore } from '@mantine/notifications'
import { beforeEach, expect, it } from 'vitest'
import { dialogs } from '../state/dialogs.ts'
import { tellDone } from './notify.tsx'

// Protects the way back: a notice that a dialog lies over must not go before anybody could read it.

const lifetimes = () => notificationsStore.getState().notifications.map(({ autoClose }) => autoClose)

beforeEach(() => {
  notifications.clean()
  dialogs.setState({ palette: false })
})

it('goes by itself where it can be read', () => {
  tellDone('A model was deleted.')
  tellDone('Two models were deleted.', { label: 'Undo', run: async () => {} })
  expect(lifetimes()).toEqual([5_000, 12_000])
})

it('waits under a dialog, whether that opens before or after it', () => {
  tellDone('A model was deleted.')
  dialogs.setState({ palette: true })
  tellDone('Two models were deleted.', { label: 'Undo', run: async () => {} })
  expect(lifetimes()).toEqual([false, false])
  dialogs.setState({ palette: false })
  expect(lifetimes()).toEqual([5_000, 12_000])
})
