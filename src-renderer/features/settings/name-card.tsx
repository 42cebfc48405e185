import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { operations } from '../../../src-contract/operations/operations.ts'
import { Card } from '../../components/layout/card.tsx'
import { Fact } from '../../components/layout/fact.tsx'
import { EditableText } from '../../components/text/editable-text.tsx'
import { SaveState } from '../../components/text/save-state.tsx'
import { call } from '../../lib/api/client.ts'
import { organisationQuery } from '../../lib/api/queries.ts'
import styles from './settings-screen.module.css'

/** The name under which this cabinet's models go elsewhere. */
export function NameCard() {
  const client = useQueryClient()
  const organisation = useQuery(organisationQuery)
  const rename = useMutation({
    mutationFn: (Name: string) => call(operations.editOrganisation, { body: { Name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: organisationQuery.queryKey }),
  })
  if (!organisation.data) return null
  const state = rename.isPending ? 'saving' : rename.isError ? 'refused' : rename.isSuccess ? 'saved' : 'idle'
  return (
    <Card title="Cabinet" actions={<SaveState saving={{ state, sentence: rename.error?.message ?? '' }} />}>
      <dl className={styles.facts}>
        <Fact label="Organisation">
          <EditableText
            label="the name of the organisation"
            placeholder="Name"
            value={organisation.data.Name}
            onSave={rename.mutateAsync}
          />
        </Fact>
      </dl>
      <p className={styles.text}>It appears with every model and catalogue, and in exports.</p>
    </Card>
  )
}
