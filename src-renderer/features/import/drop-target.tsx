import { IconStack2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { importFiles } from '../../actions/import/run-imports.ts'
import { tellProblem } from '../../lib/notices/notify.tsx'
import { dialogs } from '../../lib/state/dialogs.ts'
import styles from './drop-target.module.css'
import { filesOf } from './dropped-files.ts'

/** A drag that goes on says so several times a second; one that is silent for so long ended elsewhere. */
const SILENCE = 1_500

type Into = { uuid: string; name: string } | null

/** The catalogue under the pointer: its row in the side bar, or the one whose list is shown. */
function catalogueAt(target: EventTarget | null): Into {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-catalogue]') : null
  const shown = row ?? document.querySelector<HTMLElement>('[data-catalogue][aria-current="page"]')
  const { catalogue, catalogueName } = shown?.dataset ?? {}
  return catalogue === undefined ? null : { uuid: catalogue, name: catalogueName ?? '' }
}

/** Takes files that are dropped anywhere in the window, and says beforehand what will happen. */
export function DropTarget() {
  const [over, setOver] = useState<{ into: Into } | null>(null)
  useEffect(() => {
    let silence: ReturnType<typeof setTimeout> | undefined
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      clearTimeout(silence)
      silence = setTimeout(() => setOver(null), SILENCE)
      const into = catalogueAt(event.target)
      setOver((before) => (before && before.into?.uuid === into?.uuid ? before : { into }))
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(null)
    }
    const onDrop = (event: DragEvent) => {
      setOver(null)
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      const into = catalogueAt(event.target)
      void filesOf(event.dataTransfer).then((files) => {
        if ('folders' in files)
          return dialogs.setState({
            import: true,
            importWay: 'folder',
            importPaths: files.folders,
            importCatalogue: into?.uuid ?? null,
          })
        if (importFiles(files, into?.uuid) > 0) return
        tellProblem('The drop contained no .onnx files or archives. Nothing was imported.')
      })
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    const stop = window.cabinet?.onOpenPaths((paths) => importFiles(paths))
    return () => {
      clearTimeout(silence)
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
      stop?.()
    }
  }, [])
  if (!over) return null
  return (
    <div className={styles.target} data-drop-target>
      <div className={styles.card}>
        <IconStack2 size={36} stroke={1.8} aria-hidden />
        <p className={styles.title}>{over.into ? `Import into ${over.into.name}` : 'Import into the cabinet'}</p>
        <p>Files are copied; for folders you choose. Originals stay in place.</p>
      </div>
    </div>
  )
}
