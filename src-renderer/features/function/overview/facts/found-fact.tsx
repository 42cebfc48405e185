import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ImportRequest } from '../../../../../src-contract/contract/admin/admin.ts'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import { useStartImport } from '../../../../actions/import/use-start-import.ts'
import { Fact } from '../../../../components/layout/fact.tsx'
import { locationQuery } from '../../../../lib/api/queries.ts'
import styles from './path-fact.module.css'

/** Every place where a model was found, where its path does not say it, and what can be done where its file is lost or was changed on disk. */
export function FoundFact({ model }: { model: FunctionDetail }) {
  const start = useStartImport(() => {})
  const { State } = model.SyncInformation
  const desktop = State === 'lost' || State === 'changed' ? window.cabinet : undefined
  const location = useQuery(locationQuery(model.UUID, model.Downloads[0]?.Sha256 ?? '')).data
  const isSaid = State === undefined && model.Paths.length === 1 && model.Paths[0] === location?.Path
  if (isSaid || (model.Paths.length === 0 && !desktop)) return null
  const take = (request: Pick<ImportRequest, 'Paths' | 'IfChanged' | 'Locate'>) =>
    start.mutate({ Mode: 'reference', Recursive: false, ...request })
  const locate = async () => {
    const Paths = (await desktop?.pickFiles()) ?? []
    if (Paths.length > 0) take({ Paths, Locate: model.UUID })
  }
  return (
    <Fact label="Found at">
      {model.Paths.map((path) => (
        <span key={path} className={`${styles.path} mono`} title={path}>
          &lrm;{path}
        </span>
      ))}
      <Group gap="xs">
        {State === 'changed' && model.Paths.length > 0 && (
          <>
            <Button size="compact-sm" loading={start.isPending} onClick={() => take({ Paths: model.Paths })}>
              Read the new file
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => take({ Paths: model.Paths, IfChanged: 'keep' })}>
              Keep both
            </Button>
          </>
        )}
        {desktop && (
          <Button size="compact-sm" variant="default" onClick={() => void locate()}>
            Locate the old file…
          </Button>
        )}
      </Group>
    </Fact>
  )
}
