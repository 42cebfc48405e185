import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import { AddToCatalogue } from '../../../components/forms/add-to-catalogue.tsx'
import { Card } from '../../../components/layout/card.tsx'
import { SaveState } from '../../../components/text/save-state.tsx'
import { useSave } from '../../../lib/hooks/use-save.ts'
import styles from './catalogues-card.module.css'

/** The catalogues a model is in, to go to, to leave and to add. */
export function CataloguesCard({ model }: { model: FunctionDetail }) {
  const { save, saving } = useSave(model.UUID)
  const remove = (uuid: string) => {
    const Catalogues = model.Catalogues.map(({ UUID }) => UUID).filter((other) => other !== uuid)
    save({ Catalogues }).catch(() => undefined)
  }
  return (
    <Card title="Catalogues" actions={<SaveState saving={saving} />}>
      <ul className={styles.tags}>
        {model.Catalogues.map(({ UUID, Name }) => (
          <li key={UUID} className={styles.tag}>
            <Link to="/" search={{ Catalogue: UUID }} className={styles.link}>
              {Name}
            </Link>
            <button
              type="button"
              className={styles.remove}
              aria-label={`Remove from ${Name}`}
              onClick={() => remove(UUID)}
            >
              <IconX size={12} aria-hidden />
            </button>
          </li>
        ))}
        <li>
          <AddToCatalogue uuid={model.UUID} text="Add" />
        </li>
      </ul>
    </Card>
  )
}
