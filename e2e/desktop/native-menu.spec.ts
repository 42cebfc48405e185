import { expect, test } from '@playwright/test'
import type { Desktop } from '../harness/desktop.ts'
import { choose } from '../harness/native-menu.ts'
import { shareDesktop } from '../harness/shared-desktop.ts'

const heading = ({ page }: Desktop, name: RegExp) => page.getByRole('main').getByRole('heading', { level: 1, name })

const desktop = shareDesktop()

test.beforeEach(async () => {
  await desktop().page.keyboard.press('Escape')
  await expect(desktop().page.getByRole('dialog')).toBeHidden()
})

test('the native menu has the roles of the system', async () => {
  const roles = await desktop().app.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu | null | undefined): (string | undefined)[] =>
      (menu?.items ?? []).flatMap((item) => [item.role?.toLowerCase(), ...all(item.submenu)])
    return all(Menu.getApplicationMenu()).filter(Boolean)
  })
  expect(roles).toEqual(
    expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectall', 'zoomin', 'zoomout', 'resetzoom']),
  )
  expect(roles).toEqual(expect.arrayContaining(['togglefullscreen', 'minimize', 'quit', 'about']))
})

test('the menu opens the import dialog', async () => {
  const { page } = desktop()
  await choose(desktop(), 'File', 'Import models…')
  await expect(page.getByRole('dialog', { name: 'Import models' })).toBeVisible()
})

test('the menu opens the command palette', async () => {
  await choose(desktop(), 'View', 'Command palette…')
  const dialog = desktop().page.getByRole('dialog')
  await expect(dialog.getByRole('combobox').or(dialog.getByRole('textbox'))).toBeFocused()
})

test('the menu leads to the settings, to all models, back and forward', async () => {
  const models = desktop().page.getByRole('heading', { name: 'Drop ONNX models here' })
  await choose(desktop(), 'File', 'Settings…')
  await expect(heading(desktop(), /Settings/)).toBeVisible()
  await choose(desktop(), 'View', 'All models')
  await expect(models).toBeVisible()
  await choose(desktop(), 'View', 'Back')
  await expect(heading(desktop(), /Settings/)).toBeVisible()
  await choose(desktop(), 'View', 'Forward')
  await expect(models).toBeVisible()
})

test('the menu lists the keys', async () => {
  await desktop().app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role?.toLowerCase() === 'help')
    help?.submenu?.items.find(({ label }) => label === 'Keyboard shortcuts')?.click()
  })
  await expect(desktop().page.getByRole('dialog')).toContainText('Go to a tab')
})

test('the menu makes a catalogue', async () => {
  const { page } = desktop()
  await choose(desktop(), 'File', 'New catalogue…')
  await page.getByRole('textbox', { name: 'Name of the new catalogue' }).fill('Vision')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation').getByRole('link', { name: /Vision/ })).toBeVisible()
})
