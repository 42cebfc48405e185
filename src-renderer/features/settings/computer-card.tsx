import { Button, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CabinetBridge } from '../../../src-preload/bridge.ts'
import { Card } from '../../components/layout/card.tsx'
import { tellError } from '../../lib/notices/notify.tsx'
import { atOnce, SettingRow } from './setting-row.tsx'

/** What only the desktop app can do: start with the machine, and keep its data elsewhere. */
export function ComputerCard({ bridge }: { bridge: CabinetBridge }) {
  const client = useQueryClient()
  const queryKey = ['starts-at-login']
  const startsAtLogin = useQuery({ queryKey, queryFn: () => bridge.startsAtLogin() })
  const move = useMutation({ mutationFn: () => bridge.chooseDataFolder(), onError: tellError })
  const set = (on: boolean) =>
    bridge
      .setStartsAtLogin(on)
      .catch(tellError)
      .finally(() => client.invalidateQueries({ queryKey }))
  return (
    <Card title="This computer">
      <SettingRow id="starts-at-login" label="Start when I sign in" {...atOnce}>
        <Switch
          aria-labelledby="starts-at-login"
          checked={startsAtLogin.data ?? false}
          onChange={(event) => void set(event.currentTarget.checked)}
        />
      </SettingRow>
      <SettingRow
        id="data-folder"
        label="Keep the cabinet elsewhere"
        help="It is copied there; the old folder stays until you delete it."
        {...atOnce}
      >
        <Button size="compact-sm" disabled={move.isPending} onClick={() => move.mutate()}>
          Choose the data folder…
        </Button>
      </SettingRow>
    </Card>
  )
}
