import { Outlet } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { DropTarget } from '../screens/import/drop-target.tsx'
import { ImportDialog } from '../screens/import/import-dialog.tsx'
import { Palette } from '../screens/palette/palette.tsx'
import { connection } from '../state/connection.ts'
import { CataloguePicker } from './catalogue-picker.tsx'
import { FieldEditor } from './field-editor.tsx'
import { KeysOverlay } from './keys-overlay.tsx'
import styles from './shell.module.css'
import { SideBar } from './side-bar.tsx'
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
