import { Outlet } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { CataloguePicker } from '../features/filing/catalogue-picker.tsx'
import { FieldEditor } from '../features/filing/field-editor.tsx'
import { DropTarget } from '../features/import/drop-target.tsx'
import { ImportDialog } from '../features/import/import-dialog.tsx'
import { Palette } from '../features/palette/palette.tsx'
import { connection } from '../lib/state/connection.ts'
import { KeysOverlay } from './keys-overlay.tsx'
import styles from './shell.module.css'
import { SideBar } from './side-bar/side-bar.tsx'
import { SignedOut } from './signed-out.tsx'
import { StatusBar } from './status-bar.tsx'
import { useGlobalKeys } from './use-global-keys.ts'
import { useIconTitles } from './use-icon-titles.ts'
import { useTypeAhead } from './use-type-ahead.ts'

/** The frame around every screen: side bar, the screen itself, status bar, and what may lie over them. */
export function Shell() {
  useGlobalKeys()
  useTypeAhead()
  useIconTitles()
  const signedOut = useStore(connection, ({ state }) => state === 'signed-out')
  if (signedOut) return <SignedOut />
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={focusMain}>
        Skip to the models
      </button>
      <SideBar />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <StatusBar />
      <DropTarget />
      <ImportDialog />
      <CataloguePicker />
      <FieldEditor />
      <KeysOverlay />
      <Palette />
    </div>
  )
}

function focusMain() {
  document.querySelector<HTMLElement>('#main [role="grid"], #main')?.focus()
}
