import type { IconSearch } from '@tabler/icons-react'
import { useEffect } from 'react'
import { create } from 'zustand'

/** Something that the window can be told to do. */
export type Command = { id: string; label: string; icon: typeof IconSearch; keys?: readonly string[]; run: () => void }

type Offer = () => readonly Command[]

/** What can be done with what the screens show now; asked for when the palette opens. */
export const screenCommands = create<{ offers: readonly Offer[] }>(() => ({ offers: [] }))

/** Offers commands in the palette for as long as the component is shown. */
export function useScreenCommands(offer: Offer): void {
  useEffect(() => {
    screenCommands.setState(({ offers }) => ({ offers: [...offers, offer] }))
    return () => screenCommands.setState(({ offers }) => ({ offers: offers.filter((one) => one !== offer) }))
  })
}
