import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconDots, IconStar, IconStarFilled } from '@tabler/icons-react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { labelOf, perform, type Subject } from '../../../actions/action.ts'
import { ActionButtons, ActionItems } from '../../../actions/action-items.tsx'
import { surfaces } from '../../../actions/registry.ts'
import { useActionContext } from '../../../actions/use-action-context.ts'
import { runsWords } from '../../../components/model/runs-here.tsx'
import { StatusDot, standingOf } from '../../../components/model/status-dot.tsx'
import { EditableText } from '../../../components/text/editable-text.tsx'
import { SaveState } from '../../../components/text/save-state.tsx'
import { useSave } from '../../../lib/hooks/use-save.ts'
import styles from './function-header.module.css'

type Props = {
  model: FunctionDetail
  report: Inspection | undefined
  subject: Subject
}

/** `Runs here`, or what else there is to say first. */
function standingWords(model: FunctionDetail, report: Inspection | undefined): string {
  if (model.Status !== 'ok') return standingOf(model).label
  if ((report?.Runtime ?? model.RunsFailure)?.Reason === 'timeout') return 'Timed out while loading here'
  const words = runsWords(model, report?.Runtime)
  if (words.startsWith('yes')) return 'Runs here'
  return words === 'no' ? 'Does not run here' : 'Being checked'
}

/** The name of the model, always on its page, with its standing and what can be done with it. */
export function FunctionHeader({ model, report, subject }: Props) {
  const { save, saving } = useSave(model.UUID)
  const context = useActionContext()(subject)
  const [catalogue] = model.Catalogues
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <button type="button" className={styles.back} onClick={context.back}>
          <IconArrowLeft size={14} aria-hidden />
          {catalogue?.Name ?? 'All models'}
        </button>
        <div className={styles.line}>
          <h1 className={styles.name}>
            <EditableText
              label="the name"
              placeholder="Name"
              value={model.Name}
              data-edit="name"
              onSave={(Name) => save({ Name })}
            />
          </h1>
          {surfaces.pageStar.map((action) => (
            <Tooltip key={action.id} label={labelOf(action, context)}>
              <ActionIcon
                aria-label={labelOf(action, context)}
                aria-pressed={model.Starred}
                onClick={() => void perform(action, context)}
              >
                {model.Starred ? <IconStarFilled size={17} className="warn" /> : <IconStar size={17} />}
              </ActionIcon>
            </Tooltip>
          ))}
          <span
            className={styles.standing}
            title={model.Status === 'ok' ? report?.Runtime.Message : standingOf(model).why}
          >
            <span aria-hidden>
              <StatusDot {...standingOf(model)} />
            </span>
            {standingWords(model, report)}
          </span>
          <SaveState saving={saving} />
        </div>
      </div>
      <div className={styles.actions}>
        <ActionButtons actions={surfaces.page} context={context} />
        <ActionButtons actions={surfaces.pageMain} context={context} variant="filled" />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button aria-label="More actions" px={8}>
              <IconDots size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <ActionItems actions={surfaces.pageMenu} context={context} />
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  )
}
