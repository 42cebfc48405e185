import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SettingName, Settings, SettingsEdit } from '../../../src-contract/contract/admin/settings.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { call } from '../../lib/api/client.ts'
import { endpointQuery } from '../../lib/api/endpoint.ts'
import { configurationQuery, settingsQuery } from '../../lib/api/queries.ts'
import { atPort } from '../../lib/api/session-key.ts'
import { savingOf } from '../../lib/hooks/use-save.ts'

/** Saves one setting. What cannot even be read from what was typed may throw an Error with a sentence. */
export function useSetting(settings: Settings, name: SettingName) {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: async (read: () => SettingsEdit) => call(operations.editSettings, { body: read() }),
    onSuccess: async (saved) => {
      client.setQueryData(settingsQuery.queryKey, saved)
      if (!window.cabinet && saved.Url !== null && new URL(saved.Url).port !== window.location.port) {
        // This page's own address is no more; the session is good at the new one.
        return window.location.replace(atPort(new URL(saved.Url).port))
      }
      await client.invalidateQueries({ queryKey: configurationQuery.queryKey })
      await client.invalidateQueries({ queryKey: endpointQuery.queryKey })
    },
  })
  return {
    save: mutation.mutate,
    reset: mutation.reset,
    saving: savingOf(mutation),
    /** The switch that holds it for this start. */
    fixedBy: settings.Fixed.find(({ Name }) => Name === name)?.Switch,
  }
}
