import { createRoute } from '@hono/zod-openapi'
import { Settings, SettingsEdit } from '../../../src-contract/contract/admin/settings.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import {
  answer,
  bodyRefusals,
  conflict,
  createSection,
  guarded,
  guardedWithJson,
  json,
  noQuery,
  refusals,
  storageFull,
} from '../middleware/operation.ts'

const tags = ['Admin']

/** What a person sets for the cabinet on this machine. */
export function settingsSection({ settings, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'getSettings', 'admin'),
        method: 'get',
        path: '/admin/settings',
        tags,
        summary: 'Return the settings that are in effect',
        request: { query: noQuery },
        responses: { 200: answer(Settings, 'The settings'), ...refusals },
      }),
      (context) => context.json(settings.current(), 200),
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'editSettings', 'admin'),
        method: 'patch',
        path: '/admin/settings',
        tags,
        summary: 'Change settings',
        description:
          'In effect at once. A new port is opened before the old one is closed, which still answers what it was asked; `Url` and ' +
          '`endpoint.json` in the data folder say where the cabinet is then.',
        request: { query: noQuery, body: { required: true, content: json(SettingsEdit) } },
        responses: {
          200: answer(Settings, 'The settings that are in effect now'),
          ...refusals,
          ...bodyRefusals,
          ...storageFull,
          ...conflict('The port is taken, or a switch of this start has fixed the setting'),
        },
      }),
      async (context) => context.json(await settings.change(context.var.caller, context.req.valid('json')), 200),
    )
}
