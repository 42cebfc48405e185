import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { NetworkLinks, Settings, SettingsEdit } from '../../../src-contract/contract/admin/settings.ts'

/** What the switches of a start say: they win over the settings, which cannot change them. */
export type FixedSettings = {
  maxUploadSize?: number | undefined
  networkLinks?: NetworkLinks
  port?: number | undefined
}

/** The local port, as far as the settings move it. */
export type MovablePort = {
  readonly url: string
  /** Why it is not the port that was set; null where all is well. */
  readonly warning: string | null
  /**
   * Opens another port beside the present one.
   * @param port null: the usual one, or a free one where that is taken
   * @returns null where the present port is as good
   * @throws Problem `conflict` where the port is taken; `forbidden` where the system does not give it
   */
  prepare(port: number | null): Promise<PreparedPort | null>
}

export type PreparedPort = {
  /** Makes the new port the one, and closes the old one when what it is answering is answered. */
  commit(): Promise<void>
  cancel(): Promise<void>
}

export type SettingsService = {
  /** What is in effect. */
  current(): Settings
  /**
   * Changes what is given; in effect and on disk when it returns.
   * @throws Problem `conflict` for what a switch has fixed and for a port that is taken; nothing is changed then
   */
  change(caller: Caller, edit: SettingsEdit): Promise<Settings>
  /** The port that was set, for whoever opens it; null for the usual one. */
  wishedPort(): number | null
  /** From now on a change of the port moves this one. */
  attachPort(port: MovablePort): void
}
