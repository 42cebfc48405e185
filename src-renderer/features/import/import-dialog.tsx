import { Modal, SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useStore } from 'zustand'
import { CatalogueSelect } from '../../components/forms/catalogue-select.tsx'
import { cataloguesQuery, operationsQuery } from '../../lib/api/queries.ts'
import { useActivePlace } from '../../lib/hooks/use-active-place.ts'
import { dialogs, type ImportWay } from '../../lib/state/dialogs.ts'
import { FilesForm } from './files-form.tsx'
import { FolderForm } from './folder-form.tsx'
import { LinkForm } from './link-form.tsx'
import { QuickLook } from './quick-look.tsx'

/** Where models come from; what the cabinet cannot do is not offered. */
const ways: readonly { value: ImportWay; label: string; needs: string }[] = [
  { value: 'files', label: 'Files', needs: '/functions' },
  { value: 'folder', label: 'Folder', needs: '/admin/import' },
  { value: 'address', label: 'URL', needs: '/functions/link' },
  { value: 'look', label: 'Quick look', needs: '/admin/inspect' },
]

function Ways({ onClose }: { onClose: () => void }) {
  const catalogues = useQuery(cataloguesQuery)
  const operations = useQuery(operationsQuery)
  const { importPaths: paths, importWay: way, importCatalogue: into } = useStore(dialogs)
  const place = useActivePlace()
  const known = catalogues.data?.some(({ UUID }) => UUID === place) ?? false
  const [catalogue, setCatalogue] = useState(into ?? (known ? place : null))
  const offered = ways.filter(({ needs }) => needs === '/functions' || operations.data?.has(needs))
  return (
    <Stack>
      {offered.length > 1 && (
        <SegmentedControl
          aria-label="Import from"
          fullWidth
          data={offered}
          value={way}
          onChange={(importWay) => dialogs.setState({ importWay })}
        />
      )}
      {way !== 'look' && <CatalogueSelect value={catalogue} onChange={setCatalogue} />}
      {way === 'files' && <FilesForm catalogue={catalogue} onDone={onClose} />}
      {way === 'folder' && <FolderForm paths={paths} catalogue={catalogue} onDone={onClose} />}
      {way === 'address' && <LinkForm catalogue={catalogue} onDone={onClose} />}
      {way === 'look' && <QuickLook onDone={onClose} />}
    </Stack>
  )
}

/** Asks what to import, how, and into which catalogue. */
export function ImportDialog() {
  const opened = useStore(dialogs, (state) => state.import)
  const close = () => dialogs.setState({ import: false, importWay: 'files', importPaths: [], importCatalogue: null })
  // Its ways are of different height: held at the top, it does not jump from one to the other.
  return (
    <Modal opened={opened} onClose={close} title="Import models" size={500} centered={false} yOffset="12dvh">
      <Ways onClose={close} />
    </Modal>
  )
}
