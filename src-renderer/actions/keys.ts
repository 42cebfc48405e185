/** A key of the window as the overlay explains it. `Mod` is Ctrl, or Cmd on a Mac. */
export type Key = { keys: readonly string[]; does: string }

export const keySections: readonly { title: string; keys: readonly Key[] }[] = [
  {
    title: 'Anywhere',
    keys: [
      { keys: ['/'], does: 'Search' },
      { keys: ['Mod', 'K'], does: 'Find a model, a catalogue or a command' },
      { keys: ['Mod', 'I'], does: 'Import models' },
      { keys: ['Mod', ','], does: 'Settings' },
      { keys: ['?'], does: 'Show all keys' },
      { keys: ['Esc'], does: 'Back, or close' },
    ],
  },
  {
    title: 'On a model’s page',
    keys: [
      { keys: ['1', '…', '8'], does: 'Go to a tab' },
      { keys: ['E'], does: 'Edit the name' },
      { keys: ['C'], does: 'Add to a catalogue' },
      { keys: ['S'], does: 'Star' },
    ],
  },
  {
    title: 'In the list',
    keys: [
      { keys: ['↑', '↓'], does: 'Move; also Home, End, Page up, Page down' },
      { keys: ['Space'], does: 'Peek' },
      { keys: ['Enter'], does: 'Open' },
      { keys: ['X'], does: 'Select' },
      { keys: ['Shift', '↑ ↓'], does: 'Select a range' },
      { keys: ['Mod', 'A'], does: 'Select all' },
      { keys: ['C'], does: 'Add to a catalogue' },
      { keys: ['S'], does: 'Star' },
      { keys: ['F'], does: 'Set a field' },
      { keys: ['Delete'], does: 'Move to the trash' },
      { keys: ['Shift', '← →'], does: 'Resize a column, from its name' },
      ...(window.cabinet ? [{ keys: ['Alt', 'drag'], does: 'Drag the files out of the window' }] : []),
    ],
  },
]

const mac = /mac/i.test(navigator.userAgent)

/** How a key is written on this system. */
export const keyName = (key: string): string => (key === 'Mod' ? (mac ? '⌘' : 'Ctrl') : key)
