import { z } from 'zod'

/** Where links may lead: nowhere on the network; to the open internet; also to this machine and to private networks. */
export const NetworkLinks = z.enum(['off', 'public', 'any'])
export type NetworkLinks = z.infer<typeof NetworkLinks>

const about = {
  MaxUploadSize: 'The largest accepted file, in bytes',
  NetworkLinks:
    'Where links may lead: `off` nowhere on the network, `public` to the open internet, `any` also to this machine and to private networks',
  Proxy: 'The proxy for links; `null` for that of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`)',
  AllowedOrigins: 'Web pages that may call the cabinet with a token, each by its exact origin',
  AllowedHosts: 'Names under which other machines reach the cabinet, each with its port as in the header `Host`',
  Port: 'The local port; `null` for 8807, or a free one where that is taken',
}

const MaxUploadSize = z
  .int()
  .min(1_000_000, 'must be at least 1 MB (1000000 bytes)')
  .max(10_000_000_000_000, 'must be at most 10 TB (10000000000000 bytes)')
const Port = z
  .int()
  .min(1_024, 'must be a number from 1024 to 65535')
  .max(65_535, 'must be a number from 1024 to 65535')

const ProxyUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL, such as http://proxy.example.com:3128' })
  .max(500)
  .refine(
    (text) => !URL.canParse(text) || new URL(text).username === '',
    'must not have a name or password; set HTTPS_PROXY for that',
  )
const exactly = (isExact: (text: string) => boolean, message: string) =>
  z.array(z.string().max(300).refine(isExact, message)).max(50, 'must have at most 50 entries')
const AllowedOrigins = exactly(
  (text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text && !text.includes('*'),
  'must be exact origins, such as http://localhost:8888',
)
const AllowedHosts = exactly(
  (text) => /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]):[1-9]\d{0,4}$/.test(text),
  'must be exact hosts with their port, such as host.docker.internal:8807',
)

/** What a person sets for a cabinet on this machine. */
export const SettingValues = z.strictObject({
  MaxUploadSize,
  NetworkLinks,
  Port: Port.nullable(),
  Proxy: ProxyUrl.nullable(),
  AllowedOrigins,
  AllowedHosts,
})
export type SettingValues = z.infer<typeof SettingValues>

export const SettingName = SettingValues.keyof()
export type SettingName = z.infer<typeof SettingName>

/** `MaxUploadSize` is 2 GiB (contract.md 2, Configuration). */
export const usualSettings: SettingValues = {
  MaxUploadSize: 2 * 1024 ** 3,
  NetworkLinks: 'public',
  Port: null,
  Proxy: null,
  AllowedOrigins: [],
  AllowedHosts: [],
}

/** `GET /admin/settings`: what is in effect. */
export const Settings = z
  .strictObject({
    // A switch of the start may name what the settings do not let a person choose.
    MaxUploadSize: z.int().positive().meta({ description: about.MaxUploadSize }),
    NetworkLinks: NetworkLinks.meta({ description: about.NetworkLinks }),
    Port: z.int().min(0).max(65_535).nullable().meta({ description: about.Port }),
    Proxy: ProxyUrl.nullable().meta({ description: about.Proxy }),
    AllowedOrigins: AllowedOrigins.meta({ description: about.AllowedOrigins }),
    AllowedHosts: AllowedHosts.meta({ description: about.AllowedHosts }),
    Url: z
      .url()
      .nullable()
      .meta({
        description: 'The current URL of the cabinet; `null` if it has no port',
        examples: ['http://127.0.0.1:8807'],
      }),
    HuggingFaceCache: z
      .string()
      .nullable()
      .meta({ description: "The folder of this user's Hugging Face cache, to be watched; `null` where there is none" }),
    Fixed: z
      .array(z.strictObject({ Name: SettingName, Switch: z.string().meta({ examples: ['--max-upload'] }) }))
      .meta({ description: 'Settings fixed by a command-line switch; they cannot be changed in this session' }),
    Warnings: z
      .array(z.string())
      .meta({ description: 'Settings that could not be applied, as human-readable sentences' }),
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof Settings>

/** The body of `PATCH /admin/settings`: only what is to change. */
export const SettingsEdit = z
  .strictObject({
    MaxUploadSize: MaxUploadSize.meta({ description: about.MaxUploadSize, examples: [1_000_000_000] }),
    NetworkLinks: NetworkLinks.meta({ description: about.NetworkLinks }),
    Port: Port.nullable().meta({ description: about.Port }),
    Proxy: ProxyUrl.nullable().meta({ description: about.Proxy, examples: ['http://proxy.example.com:3128'] }),
    AllowedOrigins: AllowedOrigins.meta({ description: about.AllowedOrigins, examples: [['http://localhost:8888']] }),
    AllowedHosts: AllowedHosts.meta({ description: about.AllowedHosts, examples: [['host.docker.internal:8807']] }),
    Url: z.unknown(),
    HuggingFaceCache: z.unknown(),
    Fixed: z.unknown(),
    Warnings: z.unknown(),
  })
  .partial()
  .transform(({ Url: _, HuggingFaceCache: __, Fixed: ___, Warnings: ____, ...edit }) => edit)
  .meta({ id: 'SettingsEdit' })
export type SettingsEdit = z.infer<typeof SettingsEdit>
