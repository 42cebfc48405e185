import { IconPlus, IconSettings, IconStack2, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useMatch } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { menuActions } from '../../../src-contract/contract/desktop/menu-actions.ts'
import { capsOf } from '../../actions/keys.ts'
import { IconButton } from '../../components/forms/icon-button.tsx'
import { placeIcons } from '../../components/layout/place-icons.ts'
import { cataloguesQuery, countQuery } from '../../lib/api/queries.ts'
import { useActivePlace, useActiveView } from '../../lib/hooks/use-active-place.ts'
import { dialogs } from '../../lib/state/dialogs.ts'
import { layout } from '../../lib/state/layout.ts'
import { filtersOf, type Place, places } from '../../lib/state/listing-search.ts'
import { CatalogueRow } from './catalogue-row.tsx'
import { NewCatalogue } from './new-catalogue.tsx'
import { RowLink } from './row-link.tsx'
import styles from './side-bar.module.css'
import { ViewRow } from './view-row.tsx'

function PlaceRow({ place, active }: { place: Place; active: boolean }) {
  const count = useQuery(countQuery(filtersOf(place.search)))
  return (
    <li>
      <RowLink
        icon={placeIcons[place.id]}
        label={place.label}
        count={count.data}
        search={place.search}
        active={active}
      />
    </li>
  )
}

/** Where to look: the fixed places, then the catalogues. */
export function SideBar() {
  const place = useActivePlace()
  const views = useStore(layout, (state) => state.views)
  const activeView = useActiveView(views)
  const active = activeView === null ? place : null
  const settings = useMatch({ from: '/settings', shouldThrow: false })
  const trash = useMatch({ from: '/trash', shouldThrow: false })
  const catalogues = useQuery(cataloguesQuery)
  const adding = useStore(dialogs, (state) => state.newCatalogue)
  const setAdding = (newCatalogue: boolean) => dialogs.setState({ newCatalogue })
  const sorted = [...(catalogues.data ?? [])].sort((left, right) => left.Name.localeCompare(right.Name))
  return (
    <nav className={styles.bar} aria-label="Places">
      <div className={styles.head}>
        <IconStack2 size={18} stroke={1.8} className={styles.mark} aria-hidden />
        <span className={styles.product}>Model Cabinet</span>
        <IconButton
          label="Import models"
          icon={IconPlus}
          size={28}
          className={styles.add}
          onClick={() => dialogs.setState({ import: true })}
        />
      </div>
      <ul>
        {places.map((place) => (
          <PlaceRow key={place.id} place={place} active={active === place.id} />
        ))}
        <li>
          <Link to="/trash" className={styles.row} aria-current={trash ? 'page' : undefined}>
            <IconTrash size={16} stroke={1.6} className={styles.icon} aria-hidden />
            <span>Trash</span>
          </Link>
        </li>
      </ul>
      <div className={styles.section}>
        <h2 className={styles.heading}>Catalogues</h2>
        <IconButton label="New catalogue" icon={IconPlus} onClick={() => setAdding(true)} />
      </div>
      <div className={styles.scroll}>
        <ul>
          {sorted.map((catalogue) => (
            <CatalogueRow key={catalogue.UUID} catalogue={catalogue} active={active === catalogue.UUID} />
          ))}
        </ul>
        {adding && <NewCatalogue onClose={() => setAdding(false)} />}
        {catalogues.data?.length === 0 && !adding && <p className={styles.none}>None yet</p>}
        {views.length > 0 && (
          <>
            <div className={styles.section}>
              <h2 className={styles.heading}>Views</h2>
            </div>
            <ul>
              {views.map((view) => (
                <ViewRow key={view.id} view={view} active={view.id === activeView} />
              ))}
            </ul>
          </>
        )}
        {catalogues.isError && (
          <p className={styles.none} role="alert">
            The catalogues could not be read. {catalogues.error.message}
          </p>
        )}
      </div>
      <Link to="/settings" className={styles.row} aria-current={settings ? 'page' : undefined}>
        <IconSettings size={16} stroke={1.6} className={styles.icon} aria-hidden />
        <span>Settings</span>
        <span className={styles.count}>{capsOf(menuActions.settings.key ?? '').join(' ')}</span>
      </Link>
    </nav>
  )
}
