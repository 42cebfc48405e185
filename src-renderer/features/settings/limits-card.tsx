import { Group, SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type NetworkLinks, type Settings, SettingValues } from '../../../src-contract/contract/admin/settings.ts'
import { Card } from '../../components/layout/card.tsx'
import { Problem } from '../../components/text/problem.tsx'
import { settingsQuery } from '../../lib/api/queries.ts'
import { type SizeUnit, sizeOf, sizeParts, sizeUnits } from '../../lib/format/size.ts'
import { checked } from './checked.ts'
import { SettingField } from './setting-field.tsx'
import { SettingRow } from './setting-row.tsx'
import { useDraft } from './use-draft.ts'
import { useSetting } from './use-setting.ts'

type Props = { settings: Settings }

function LargestFile({ settings }: Props) {
  const [chosen, setChosen] = useState<SizeUnit>()
  const { save, saving, fixedBy, reset } = useSetting(settings, 'MaxUploadSize')
  const { value, setDraft, around } = useDraft({
    shown: sizeParts(settings.MaxUploadSize, chosen),
    save: ({ amount, unit }, onSaved) => {
      const size = () => checked(SettingValues.shape.MaxUploadSize, sizeOf(amount, unit), 'The largest file')
      const onSuccess = () => {
        setChosen(unit)
        onSaved()
      }
      save(() => ({ MaxUploadSize: size() }), { onSuccess })
    },
    reset,
  })
  return (
    <SettingRow
      id="largest-file"
      label="Largest file"
      help="Applies to uploads, downloads and the unpacked size of archives."
      saving={saving}
      fixedBy={fixedBy}
    >
      <Group gap={4} {...around}>
        <SettingField
          id="largest-file"
          saving={saving}
          fixedBy={fixedBy}
          inputMode="decimal"
          value={value.amount}
          onText={(amount) => setDraft({ ...value, amount })}
        />
        <Select
          w={80}
          aria-label="Unit of the largest file"
          data={[...sizeUnits]}
          allowDeselect={false}
          disabled={fixedBy !== undefined}
          value={value.unit}
          onChange={(unit) => unit && setDraft({ ...value, unit })}
        />
      </Group>
    </SettingRow>
  )
}

const links: { value: NetworkLinks; label: string; help: string }[] = [
  { value: 'off', label: 'Off', help: 'No model is fetched over the network.' },
  {
    value: 'public',
    label: 'Internet',
    help: 'Models can be fetched from the internet, but not from this computer or private networks.',
  },
  {
    value: 'any',
    label: 'Anywhere',
    help: 'Models can be fetched from anywhere, including this computer and private networks.',
  },
]

function Links({ settings }: Props) {
  const { save, saving, fixedBy } = useSetting(settings, 'NetworkLinks')
  const chosen = links.find(({ value }) => value === settings.NetworkLinks)
  return (
    <SettingRow id="network-links" label="Network links" help={chosen?.help} saving={saving} fixedBy={fixedBy}>
      <SegmentedControl
        size="xs"
        aria-labelledby="network-links"
        disabled={fixedBy !== undefined}
        data={links.map(({ value, label }) => ({ value, label }))}
        value={settings.NetworkLinks}
        onChange={(value) => save(() => ({ NetworkLinks: value }))}
      />
    </SettingRow>
  )
}

/** The one that is set; where a switch has fixed it, the one that it led to. */
function portText({ Port: port, Fixed, Url }: Settings): string {
  if (Fixed.some(({ Name }) => Name === 'Port')) return Url === null ? '' : new URL(Url).port
  return port === null ? '' : String(port)
}

function portOf(text: string): number | null {
  if (text === '') return null
  return checked(SettingValues.shape.Port, /^\d+$/.test(text) ? Number(text) : 0, 'The port')
}

function Port({ settings }: Props) {
  const { save, saving, fixedBy, reset } = useSetting(settings, 'Port')
  const { value, setDraft, around } = useDraft({
    shown: portText(settings),
    save: (text, onSuccess) => save(() => ({ Port: portOf(text.trim()) }), { onSuccess }),
    reset,
  })
  return (
    <SettingRow
      id="port"
      label="Port"
      help="Takes effect at once; scripts can read it from endpoint.json. If empty: 8807, or any free port if that is taken."
      saving={saving}
      fixedBy={fixedBy}
    >
      <Group gap={4} {...around}>
        <SettingField
          id="port"
          saving={saving}
          fixedBy={fixedBy}
          inputMode="numeric"
          placeholder="8807"
          value={value}
          onText={setDraft}
        />
      </Group>
    </SettingRow>
  )
}

/** How large files may be, what links may reach, and where other programs find the cabinet. */
export function LimitsCard() {
  const { data, error } = useQuery(settingsQuery)
  return (
    <Card title="Limits and network">
      <Problem>{error?.message}</Problem>
      {data?.Warnings.map((warning) => (
        <p key={warning} className="warn" role="status">
          {warning}
        </p>
      ))}
      {data && (
        <>
          <LargestFile settings={data} />
          <Links settings={data} />
          <Port settings={data} />
        </>
      )}
    </Card>
  )
}
