import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { HostTokenRequest } from '../../../src-contract/contract/admin/host-token.ts'
import { type Settings, SettingValues } from '../../../src-contract/contract/admin/settings.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { Form } from '../../components/forms/form.tsx'
import { Card } from '../../components/layout/card.tsx'
import { Problem } from '../../components/text/problem.tsx'
import { call } from '../../lib/api/client.ts'
import { hostTokensQuery, settingsQuery } from '../../lib/api/queries.ts'
import { checked } from './checked.ts'
import { SettingField } from './setting-field.tsx'
import { SettingRow } from './setting-row.tsx'
import styles from './settings-screen.module.css'
import { useDraft } from './use-draft.ts'
import { useSetting } from './use-setting.ts'

type TextSetting = 'Proxy' | 'AllowedOrigins' | 'AllowedHosts'

const rows: { name: TextSetting; label: string; help: string; placeholder: string }[] = [
  {
    name: 'Proxy',
    label: 'Proxy',
    help: 'For links. If empty: the HTTPS_PROXY and NO_PROXY of the environment.',
    placeholder: 'http://proxy.example.com:3128',
  },
  {
    name: 'AllowedOrigins',
    label: 'Allowed origins',
    help: 'Web pages, such as notebooks, that may call the API with a token. Exact, separated by spaces.',
    placeholder: 'http://localhost:8888',
  },
  {
    name: 'AllowedHosts',
    label: 'Allowed hosts',
    help: 'Other names of this computer, as containers use. Exact, with the port, separated by spaces.',
    placeholder: 'host.docker.internal:8807',
  },
]

const textOf = (value: Settings[TextSetting]) => (Array.isArray(value) ? value.join(' ') : (value ?? ''))

function editOf(name: TextSetting, label: string, text: string) {
  const entries = text.split(/\s+/).filter((entry) => entry !== '')
  const value = name === 'Proxy' ? (entries[0] ?? null) : entries
  return { [name]: checked<unknown>(SettingValues.shape[name], value, label) }
}

function TextRow({ settings, name, label, help, placeholder }: (typeof rows)[number] & { settings: Settings }) {
  const { save, saving, fixedBy, reset } = useSetting(settings, name)
  const { value, setDraft, around } = useDraft({
    shown: textOf(settings[name]),
    save: (text, onSuccess) => save(() => editOf(name, label, text), { onSuccess }),
    reset,
  })
  return (
    <SettingRow id={name} label={label} help={help} saving={saving} fixedBy={fixedBy}>
      <Group gap={4} {...around}>
        <SettingField
          id={name}
          w={220}
          saving={saving}
          fixedBy={fixedBy}
          placeholder={placeholder}
          value={value}
          onText={setDraft}
        />
      </Group>
    </SettingRow>
  )
}

function HostTokens() {
  const client = useQueryClient()
  const hosts = useQuery(hostTokensQuery)
  const [origin, setOrigin] = useState('')
  const [token, setToken] = useState('')
  const change = useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSuccess: () => {
      setOrigin('')
      setToken('')
      return client.invalidateQueries({ queryKey: hostTokensQuery.queryKey })
    },
  })
  const add = async () => {
    const body = { Origin: origin.trim().replace(/\/$/, ''), Token: token.trim() }
    const { error } = HostTokenRequest.safeParse(body)
    if (error)
      throw new Error(
        `${error.issues[0]?.path[0] === 'Token' ? 'The token' : 'The server'} ${error.issues[0]?.message}.`,
      )
    return call(operations.setHostToken, { body })
  }
  const isReady = origin.trim() !== '' && token.trim() !== ''
  return (
    <>
      <Problem>{hosts.error?.message}</Problem>
      <ul>
        {hosts.data?.map(({ Origin }) => (
          <li key={Origin} className={styles.row}>
            <span className={`${styles.name} ellipsis`}>{Origin}</span>
            <Button
              size="compact-sm"
              aria-label={`Forget the token for ${Origin}`}
              onClick={() => change.mutate(() => call(operations.removeHostToken, { query: { Origin } }))}
            >
              Forget
            </Button>
          </li>
        ))}
      </ul>
      <Form ready={isReady} onSubmit={() => change.mutate(add)} mt={10}>
        <Group gap={8} align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label="Token for links to"
            placeholder="https://huggingface.co"
            value={origin}
            onChange={(event) => setOrigin(event.currentTarget.value)}
          />
          <TextInput
            w={172}
            type="password"
            autoComplete="off"
            label="Token"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!isReady}>
            Save token
          </Button>
        </Group>
      </Form>
      <Problem>{change.error?.message}</Problem>
    </>
  )
}

/** How links get out, and what else gets in. */
export function NetworkCard() {
  const { data } = useQuery(settingsQuery)
  return (
    <Card title="Network access">
      {data && rows.map((row) => <TextRow key={row.name} settings={data} {...row} />)}
      <HostTokens />
    </Card>
  )
}
