import { IconRefresh } from '@tabler/icons-react'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import { operations } from '../../../../../src-contract/operations/operations.ts'
import { refreshFunctions } from '../../../../actions/change-many.ts'
import { IconButton } from '../../../../components/forms/icon-button.tsx'
import { Fact } from '../../../../components/layout/fact.tsx'
import { sentenceOf } from '../../../../lib/api/api-error.ts'
import { call } from '../../../../lib/api/client.ts'
import { tellProblem } from '../../../../lib/notices/notify.tsx'

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Where a linked model comes from, how its last fetch went, and a way to fetch it again. */
export function LinkFact({ model }: { model: FunctionDetail }) {
  const { Kind, Url, Path, ProjectID, Message, State } = model.SyncInformation
  // A file of the person's own that is lost or changed is no link.
  if (Kind === undefined || State !== undefined) return null
  const from = [text(Url), text(Path), text(ProjectID)].find((part) => part !== '') ?? text(Kind)
  const again = async () => {
    try {
      await call(operations.updateFunctionLink, { uuid: model.UUID, body: { EdgeImpulse: true } })
      await refreshFunctions()
    } catch (error) {
      tellProblem(`${model.Name} was not fetched again. ${sentenceOf(error)}`)
    }
  }
  return (
    <Fact label="Linked to">
      {from}
      <IconButton label="Fetch again" icon={IconRefresh} onClick={() => void again()} />
      {/* What went wrong is said at the top of the page. */}
      {model.Status !== 'error' && text(Message)}
    </Fact>
  )
}
