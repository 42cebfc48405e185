import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBox, IconFolder, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { shortNamedSignature } from '../../../src-contract/signature-line.ts'
import { listFunctions } from '../../api/client.ts'
import { cataloguesQuery } from '../../api/queries.ts'
import { Pieces } from '../../components/pieces.tsx'
import { SignatureLine } from '../../components/signature-line.tsx'
import { keyName } from '../../shell/keys.ts'
import { dialogs } from '../../state/dialogs.ts'
import { useCommands } from './commands.ts'
import { fits, inOrder } from './entry-order.ts'
import styles from './palette.module.css'

type Entry = { id: string; group: string; icon: typeof IconBox; label: string; aside?: ReactNode; run: () => void }

const SHOWN = 8

function useEntries(text: string): Entry[] {
  const navigate = useNavigate()
  const commands = useCommands()
  const catalogues = useQuery(cataloguesQuery)
  const [asked] = useDebouncedValue(text.trim(), 60)
  const found = useQuery({
    queryKey: ['functions', 'palette', asked],
    queryFn: ({ signal }) => listFunctions({ q: asked }, { offset: 0, limit: SHOWN }, { signal }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const known: Entry[] = commands
    .filter(({ label }) => fits(label, text.trim()))
    .map(({ id, label, icon, keys, run }) => ({
      id,
      group: 'Commands',
      icon,
      label,
      run,
      aside: keys?.map((key) => <kbd key={key}>{keyName(key)}</kbd>),
    }))
  const filed: Entry[] = (catalogues.data ?? [])
    .filter(({ Name }) => fits(Name, text.trim()))
    .map(({ UUID, Name }) => ({
      id: UUID,
      group: 'Catalogues',
      icon: IconFolder,
      label: Name,
      run: () => void navigate({ to: '/', search: { Catalogue: UUID } }),
    }))
  if (asked === '') return [...known, ...filed]
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
  return [...inOrder([models, known, filed], text), search]
}

function Content({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [cursor, setCursor] = useState(0)
  const entries = useEntries(text)
  const at = Math.min(cursor, Math.max(0, entries.length - 1))
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setCursor((at + 1) % Math.max(1, entries.length))
    else if (event.key === 'ArrowUp') setCursor((at - 1 + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter') run(entries[at])
    else return
    event.preventDefault()
  }
  return (
    <div>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded
        aria-controls="palette-entries"
        aria-activedescendant={entries.length > 0 ? `palette-${at}` : undefined}
        aria-label="Find a model, a catalogue or a command"
        placeholder="Find a model, a catalogue or a command"
        spellCheck={false}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setCursor(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-entries" role="listbox" aria-label="Found" className={styles.entries}>
        {entries.map((entry, index) => (
          <Row
            key={`${entry.group} ${entry.id}`}
            entry={entry}
            index={index}
            current={index === at}
            heading={entries[index - 1]?.group !== entry.group ? entry.group : undefined}
            search={text}
            onPoint={() => setCursor(index)}
            onRun={() => run(entry)}
          />
        ))}
      </div>
    </div>
  )
}

type RowProps = {
  entry: Entry
  index: number
  current: boolean
  heading: string | undefined
  search: string
  onPoint: () => void
  onRun: () => void
}

function Row({ entry, index, current, heading, search, onPoint, onRun }: RowProps) {
  const Icon = entry.icon
  return (
    <>
      {heading && (
        <div className={styles.heading} role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and the keys */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the same */}
      <div
        id={`palette-${index}`}
        role="option"
        aria-selected={current}
        className={styles.entry}
        ref={(element) => {
          if (current) element?.scrollIntoView({ block: 'nearest' })
        }}
        onPointerMove={onPoint}
        onClick={onRun}
      >
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
