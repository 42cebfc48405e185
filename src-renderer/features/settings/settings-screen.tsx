import { type MantineColorScheme, SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { Card } from '../../components/layout/card.tsx'
import { Fact } from '../../components/layout/fact.tsx'
import { ScreenHeader } from '../../components/layout/screen-header.tsx'
import { CopyButton } from '../../components/text/copy-button.tsx'
import { ReferenceLink } from '../../components/text/external-link.tsx'
import { endpointQuery } from '../../lib/api/endpoint.ts'
import { operationsQuery } from '../../lib/api/queries.ts'
import { layout } from '../../lib/state/layout.ts'
import { BackupCard } from './backup-card.tsx'
import { BrowsersCard } from './browsers-card.tsx'
import { ComputerCard } from './computer-card.tsx'
import { HealthCard } from './health-card.tsx'
import { LimitsCard } from './limits-card.tsx'
import { NameCard } from './name-card.tsx'
import { NetworkCard } from './network-card.tsx'
import { atOnce, SettingRow } from './setting-row.tsx'
import styles from './settings-screen.module.css'
import { TokensCard } from './tokens-card.tsx'
import { WatchesCard } from './watches-card.tsx'

const looks = [
  { value: 'auto', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

function AppearanceCard() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const compact = useStore(layout, (state) => state.compact)
  const look = (chosen: MantineColorScheme) => {
    setColorScheme(chosen)
    void window.cabinet?.setTheme(chosen === 'auto' ? 'system' : chosen)
  }
  return (
    <Card title="Appearance">
      <SettingRow id="look" label="Colours" {...atOnce}>
        <SegmentedControl size="xs" aria-labelledby="look" data={[...looks]} value={colorScheme} onChange={look} />
      </SettingRow>
      <SettingRow id="compact" label="Compact rows in the list" {...atOnce}>
        <Switch
          aria-labelledby="compact"
          checked={compact}
          onChange={(event) => layout.setState({ compact: event.currentTarget.checked })}
        />
      </SettingRow>
    </Card>
  )
}

function AddressCard() {
  const endpoint = useQuery(endpointQuery)
  const { url, dataDirectory, tokenFile } = endpoint.data ?? { url: null, dataDirectory: null, tokenFile: null }
  const places: [string, string | null, string][] = [
    ['API', url, 'the API URL'],
    ['Data folder', dataDirectory, 'the path of the data folder'],
    ['Token file', tokenFile, 'the path of the token file'],
  ]
  return (
    <Card title="Location">
      <dl>
        {places.map(
          ([label, text, what]) =>
            text !== null && (
              <Fact key={label} label={label}>
                <span className="mono">{text}</span>
                <CopyButton text={text} what={what} />
              </Fact>
            ),
        )}
        {url !== null && (
          <Fact label="Reference">
            <ReferenceLink url={url} />
          </Fact>
        )}
      </dl>
    </Card>
  )
}

/** How the window looks, who may call the cabinet, and how it is kept safe. */
export function SettingsScreen() {
  const operations = useQuery(operationsQuery)
  return (
    <>
      <ScreenHeader title="Settings" />
      <div className={styles.scroll}>
        <div className={styles.columns}>
          {/* Above each other in one column, or where there is room, in two. */}
          <div className={styles.choices}>
            <div className={styles.column}>
              <AppearanceCard />
              <NameCard />
              <AddressCard />
              {operations.data?.has('/admin/host-tokens') && <NetworkCard />}
            </div>
            <div className={styles.column}>
              {operations.data?.has('/admin/settings') && <LimitsCard />}
              {window.cabinet && <ComputerCard bridge={window.cabinet} />}
              <TokensCard />
              {operations.data?.has('/admin/sessions') && <BrowsersCard />}
            </div>
          </div>
          <div className={styles.column}>
            <HealthCard />
            <BackupCard />
            {operations.data?.has('/admin/watches') && <WatchesCard />}
          </div>
        </div>
      </div>
    </>
  )
}
