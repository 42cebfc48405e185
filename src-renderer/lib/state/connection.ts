import { create } from 'zustand'

/** How the cabinet behind the window is: `lost` heals by itself, `failed` and, in a browser, `signed-out` do not. */
export type Connection = { state: 'ready' | 'lost' | 'failed' | 'signed-out'; message: string }

export const connection = create<Connection>(() => ({ state: 'ready', message: '' }))
