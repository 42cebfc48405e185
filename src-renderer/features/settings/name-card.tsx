import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { operations } from '../../../src-contract/operations/operations.ts'
import { Card } from '../../components/layout/card.tsx'
import { Fact } from '../../components/layout/fact.tsx'
import { EditableText } from '../../components/text/editable-text.tsx'
import { SaveState } from '../../components/text/save-state.tsx'
import { call } from '../../lib/api/client.ts'
import { organisationQuery } from '../../lib/api/queries.ts'
import { savingOf } from '../../lib/hooks/use-save.ts'

/** The name under which this cabinet's models go elsewhere. */
export function NameCard() {
  const client = useQueryClient()
  const organisation = useQuery(organisationQuery)
  const rename = useMutation({
    mutationFn: (Name: string) => call(operations.editOrganisation, { body: { Name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: organisationQuery.queryKey }),
  })
  if (!organisation.data) return null
  return (
    <Card title="Cabinet" actions={<SaveState saving={savingOf(rename)} />}>
      <dl>
        <Fact label="Organisation">
          <EditableText
            label="the name of the organisation"
            placeholder="Name"
            value={organisation.data.Name}
            onSave={rename.mutateAsync}
          />
        </Fact>
      </dl>
      <p className="quiet">It appears with every model and catalogue, and in exports.</p>
    </Card>
  )
}
