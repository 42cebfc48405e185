import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBox, IconFolder, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { shortNamedSignature } from '../../../src-contract/words/signature-line.ts'
import { labelOf, perform } from '../../actions/action.ts'
import { KeyCaps } from '../../actions/action-items.tsx'
import { capsOf, shownKey } from '../../actions/keys.ts'
import { actionGroups } from '../../actions/registry.ts'
import { useActionContext } from '../../actions/use-action-context.ts'
import { useCombobox } from '../../components/forms/use-combobox.ts'
import { SignatureLine } from '../../components/model/signature-line.tsx'
import { Pieces } from '../../components/text/pieces.tsx'
import { listFunctions } from '../../lib/api/functions.ts'
import { cataloguesQuery } from '../../lib/api/queries.ts'
import { dialogs } from '../../lib/state/dialogs.ts'
import { fits, inOrder } from './entry-order.ts'
import styles from './palette.module.css'

type Entry = { id: string; group: string; icon: typeof IconBox; label: string; aside?: ReactNode; run: () => void }

const SHOWN = 8

function useEntries(text: string): Entry[] {
  const navigate = useNavigate()
  const context = useActionContext()()
  const catalogues = useQuery(cataloguesQuery)
  const [asked] = useDebouncedValue(text.trim(), 60)
  const found = useQuery({
    queryKey: ['functions', 'palette', asked],
    queryFn: ({ signal }) => listFunctions({ q: asked }, { offset: 0, limit: SHOWN }, { signal }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const known = actionGroups(context).map(({ title, actions }) =>
    actions
      .filter((action) => action.id !== 'palette' && fits(labelOf(action, context), text.trim()))
      .map((action): Entry => {
        const key = shownKey(action, context)
        return {
          id: action.id,
          group: title,
          icon: action.icon,
          label: labelOf(action, context),
          run: () => void perform(action, context),
          aside: key !== undefined && <KeyCaps caps={capsOf(key)} />,
        }
      }),
  )
  const filed: Entry[] = (catalogues.data ?? [])
    .filter(({ Name }) => fits(Name, text.trim()))
    .map(({ UUID, Name }) => ({
      id: UUID,
      group: 'Catalogues',
      icon: IconFolder,
      label: Name,
      run: () => void navigate({ to: '/', search: { Catalogue: UUID } }),
    }))
  if (asked === '') return [...known.flat(), ...filed]
  const models: Entry[] = (found.data?.rows ?? []).map((item) => ({
    id: item.UUID,
    group: 'Models',
    icon: IconBox,
    label: item.Name,
    aside: <SignatureLine signature={shortNamedSignature(item)} />,
    run: () => void navigate({ to: '/function/$uuid', params: { uuid: item.UUID } }),
  }))
  const search: Entry = {
    id: 'search',
    group: 'Search',
    icon: IconSearch,
    label: `Search all models for “${asked}”`,
    run: () => void navigate({ to: '/', search: { q: asked } }),
  }
  return [...inOrder([models, ...known, filed], text), search]
}

function Content({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const entries = useEntries(text)
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const combobox = useCombobox(entries.length, (index) => run(entries[index]))
  return (
    <div>
      <input
        className={styles.input}
        {...combobox.field}
        aria-label="Find a model, a catalogue or a command"
        placeholder="Find a model, a catalogue or a command"
        spellCheck={false}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          combobox.toFirst()
        }}
      />
      <div role="listbox" {...combobox.list} aria-label="Found" className={styles.entries}>
        {entries.map((entry, index) => (
          <Row
            key={`${entry.group} ${entry.id}`}
            entry={entry}
            option={combobox.option(index)}
            heading={entries[index - 1]?.group !== entry.group ? entry.group : undefined}
            search={text}
          />
        ))}
      </div>
    </div>
  )
}

type RowProps = {
  entry: Entry
  option: ReturnType<ReturnType<typeof useCombobox>['option']>
  heading: string | undefined
  search: string
}

function Row({ entry, option, heading, search }: RowProps) {
  const Icon = entry.icon
  return (
    <>
      {heading && (
        <div className={styles.heading} role="presentation">
          {heading}
        </div>
      )}
      <div {...option} className={styles.entry}>
        <Icon size={16} stroke={1.6} className={styles.icon} aria-hidden />
        <span className="ellipsis">
          <Pieces text={entry.label} search={entry.id === 'search' ? '' : search} />
        </span>
        {entry.aside && <span className={styles.aside}>{entry.aside}</span>}
      </div>
    </>
  )
}

/** Reaches every command, catalogue and model by typing. */
export function Palette() {
  const opened = useStore(dialogs, (state) => state.palette)
  const close = () => dialogs.setState({ palette: false })
  return (
    <Modal.Root opened={opened} onClose={close} centered={false} yOffset="12vh" size={620} padding={0}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label="Command palette">
        <Modal.Body p={0}>
          <Content onClose={close} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
