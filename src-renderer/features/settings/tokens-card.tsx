import { Button, Group, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Scope } from '../../../src-contract/contract/admin/caller.ts'
import type { Token } from '../../../src-contract/contract/admin/token.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { Form } from '../../components/forms/form.tsx'
import { Card } from '../../components/layout/card.tsx'
import { intoSight } from '../../components/layout/into-sight.ts'
import { CopyButton } from '../../components/text/copy-button.tsx'
import { Problem } from '../../components/text/problem.tsx'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { tokensQuery } from '../../lib/api/queries.ts'
import { ago } from '../../lib/format/time.ts'
import { tellDone, tellProblem } from '../../lib/notices/notify.tsx'
import styles from './settings-screen.module.css'

const scopes = [
  { value: 'read', label: 'Read only' },
  { value: 'write', label: 'Read and write' },
  { value: 'admin', label: 'Full access' },
] as const satisfies readonly { value: Scope; label: string }[]

function Row({ token, onGone }: { token: Token; onGone: () => void }) {
  const [sure, setSure] = useState(false)
  const revoke = async () => {
    try {
      await call(operations.revokeToken, { uuid: token.UUID })
      onGone()
      tellDone(`Token ${token.Name} was revoked. Anything that uses it is now refused.`)
    } catch (error) {
      tellProblem(`Token ${token.Name} was not revoked. ${sentenceOf(error)}`)
    }
  }
  return (
    <li className={styles.row}>
      <span className={`${styles.name} ellipsis`}>{token.Name}</span>
      <span className="quiet">
        {scopes.find(({ value }) => value === token.Scope)?.label} ·{' '}
        {token.LastUsedAt === null ? 'never used' : `used ${ago(token.LastUsedAt)}`}
      </span>
      {/* Nothing brings a secret back: this is asked for twice instead of undone. */}
      <Button
        size="compact-sm"
        variant={sure ? 'danger' : 'default'}
        aria-label={`${sure ? 'Revoke for good' : 'Revoke'}: ${token.Name}`}
        onBlur={() => setSure(false)}
        onClick={() => (sure ? void revoke() : setSure(true))}
      >
        {sure ? 'Revoke for good' : 'Revoke'}
      </Button>
    </li>
  )
}

/** Who may call the cabinet from outside of this window. */
export function TokensCard() {
  const client = useQueryClient()
  const tokens = useQuery(tokensQuery)
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('read')
  const refresh = () => void client.invalidateQueries({ queryKey: tokensQuery.queryKey })
  const make = useMutation({
    mutationFn: () => call(operations.addToken, { body: { Name: name.trim(), Scope: scope } }),
    onSuccess: () => {
      setName('')
      refresh()
    },
  })
  const isNamed = name.trim() !== ''
  const live = tokens.data?.filter(({ RevokedAt }) => RevokedAt === null) ?? []
  return (
    <Card title="Access tokens">
      <Problem>{tokens.error?.message}</Problem>
      <ul>
        {live.map((token) => (
          <Row key={token.UUID} token={token} onGone={refresh} />
        ))}
      </ul>
      <Form ready={isNamed} onSubmit={make.mutate} mt={10}>
        <Group gap={8} align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label="New token for"
            placeholder="Training script"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Scope"
            w={172}
            data={[...scopes]}
            allowDeselect={false}
            value={scope}
            onChange={(value) => value && setScope(value)}
          />
          <Button type="submit" disabled={!isNamed}>
            Create token
          </Button>
        </Group>
      </Form>
      {make.error && <Problem>No token was created. {make.error.message}</Problem>}
      {make.data && (
        <div className={styles.secret} role="status" ref={intoSight}>
          <code>{make.data.Secret}</code>
          <CopyButton text={make.data.Secret} what="the token" />
          <span>Copy it now: it is not shown again.</span>
        </div>
      )}
    </Card>
  )
}
