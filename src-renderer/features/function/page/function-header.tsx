import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowsDiff,
  IconCopy,
  IconDots,
  IconDownload,
  IconFolderPlus,
  IconLink,
  IconPlayerPlay,
  IconRefresh,
  IconStar,
  IconStarFilled,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate, useRouter } from '@tanstack/react-router'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { deleteFunctions } from '../../../actions/change-functions.ts'
import { useCheckAgain } from '../../../actions/use-check-again.ts'
import { runsWords } from '../../../components/model/runs-here.tsx'
import { StatusDot, standingOf } from '../../../components/model/status-dot.tsx'
import { EditableText } from '../../../components/text/editable-text.tsx'
import { SaveState } from '../../../components/text/save-state.tsx'
import { saveFromApi } from '../../../lib/api/save-from-api.ts'
import { useSave } from '../../../lib/hooks/use-save.ts'
import { dialogs } from '../../../lib/state/dialogs.ts'
import type { Tab } from '../../../lib/state/function-tabs.ts'
import styles from './function-header.module.css'
import { usePageCommands } from './use-page-commands.ts'

type Props = {
  model: FunctionDetail
  report: Inspection | undefined
  /** The tabs that there are. */
  offered: ReadonlySet<Tab>
  onTab: (tab: Tab) => void
}

/** `Runs here, loads in 84 ms`, or what else there is to say first. */
function standingWords(model: FunctionDetail, report: Inspection | undefined): string {
  if (model.Status !== 'ok') return standingOf(model).label
  if ((report?.Runtime ?? model.RunsFailure)?.Reason === 'timeout') return 'Took too long to open here'
  const words = runsWords(model, report?.Runtime)
  if (words.startsWith('yes')) return `Runs here${words.slice('yes'.length)}`
  return words === 'no' ? 'Does not run here' : 'Being checked'
}

/** The name of the model, always on its page, with its standing and what can be done with it. */
export function FunctionHeader({ model, report, offered, onTab }: Props) {
  const router = useRouter()
  const navigate = useNavigate()
  const { save, saving } = useSave(model.UUID)
  const star = useSave(model.UUID)
  const again = useCheckAgain(model)
  const [download] = model.Downloads
  const [catalogue] = model.Catalogues
  const back = () => {
    if (router.history.canGoBack()) router.history.back()
    else void navigate({ to: '/', search: {} })
  }
  const remove = async () => {
    back()
    await deleteFunctions([model.UUID], model.Name)
  }
  usePageCommands({ model, offered, onTab, again, remove: () => void remove() })
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <button type="button" className={styles.back} onClick={back}>
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
          <Tooltip label={model.Starred ? 'Remove the star' : 'Star'}>
            <ActionIcon
              aria-label={model.Starred ? 'Remove the star' : 'Star'}
              aria-pressed={model.Starred}
              onClick={() => star.save({ Starred: !model.Starred }).catch(() => undefined)}
            >
              {model.Starred ? <IconStarFilled size={17} className={styles.starred} /> : <IconStar size={17} />}
            </ActionIcon>
          </Tooltip>
          <span
            className={styles.standing}
            title={model.Status === 'ok' ? report?.Runtime.Message : standingOf(model).why}
          >
            <span aria-hidden>
              <StatusDot {...standingOf(model)} />
            </span>
            {standingWords(model, report)}
          </span>
          <SaveState saving={saving.state === 'idle' ? star.saving : saving} />
        </div>
      </div>
      <div className={styles.actions}>
        {offered.has('compare') && (
          <Button leftSection={<IconArrowsDiff size={15} />} onClick={() => onTab('compare')}>
            Compare
          </Button>
        )}
        {offered.has('try') && (
          <Button variant="filled" leftSection={<IconPlayerPlay size={15} />} onClick={() => onTab('try')}>
            Try it
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button aria-label="More actions" px={8}>
              <IconDots size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {download && (
              <Menu.Item
                leftSection={<IconDownload size={15} />}
                onClick={() => void saveFromApi(download.Url, download.Name)}
              >
                Download {download.Name}
              </Menu.Item>
            )}
            {again && (
              <Menu.Item leftSection={<IconRefresh size={15} />} onClick={again}>
                Check again whether it runs here
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconFolderPlus size={15} />}
              rightSection={<kbd>C</kbd>}
              onClick={() => dialogs.setState({ cataloguePicker: [model.UUID] })}
            >
              Add to catalogue
            </Menu.Item>
            <Menu.Item
              leftSection={<IconCopy size={15} />}
              onClick={() => void navigator.clipboard.writeText(model.UUID)}
            >
              Copy the UUID
            </Menu.Item>
            {window.cabinet && (
              <Menu.Item
                leftSection={<IconLink size={15} />}
                onClick={() => void navigator.clipboard.writeText(`model-cabinet://function/${model.UUID}`)}
              >
                Copy a link to it
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item data-danger leftSection={<IconTrash size={15} />} onClick={() => void remove()}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  )
}
