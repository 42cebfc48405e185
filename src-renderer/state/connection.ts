import { create } from 'zustand'

/** How the cabinet behind the window is: `lost` heals by itself, `failed` does not. */
export type Connection = { state: 'ready' | 'lost' | 'failed'; message: string }

export const connection = create<Connection>(() => ({ state: 'ready', message: '' }))
