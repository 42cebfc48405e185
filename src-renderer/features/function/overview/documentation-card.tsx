import { Button, Textarea } from '@mantine/core'
import { IconEye, IconPencil } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import { Card } from '../../../components/layout/card.tsx'
import { SaveState } from '../../../components/text/save-state.tsx'
import { useSave } from '../../../lib/hooks/use-save.ts'
import styles from './documentation-card.module.css'

const Markdown = lazy(() => import('../../../components/text/markdown.tsx'))

/** What people wrote about a model: Markdown, edited in place, with a preview. */
export function DocumentationCard({ model }: { model: FunctionDetail }) {
  const { save, saving } = useSave(model.UUID)
  const [draft, setDraft] = useState<string | null>(null)
  const [preview, setPreview] = useState(false)
  const shown = draft ?? model.Documentation

  const leave = async () => {
    if (draft === null) return
    if (draft !== model.Documentation) {
      try {
        await save({ Documentation: draft })
      } catch {
        return
      }
    }
    setDraft(null)
    setPreview(false)
  }

  return (
    // Leaving the card, not the text field, saves: the way to the preview must not end the editing.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its parts do
    <div
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void leave()
      }}
      onKeyDown={(event) => {
        if (draft === null) return
        if (event.key === 'Escape') {
          event.stopPropagation()
          setDraft(null)
          setPreview(false)
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void leave()
      }}
    >
      <Card
        title="Documentation"
        actions={
          <>
            <SaveState saving={saving} />
            {draft === null ? (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPencil size={13} />}
                onClick={() => setDraft(model.Documentation)}
              >
                Edit
              </Button>
            ) : (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={preview ? <IconPencil size={13} /> : <IconEye size={13} />}
                onClick={() => setPreview(!preview)}
              >
                {preview ? 'Write' : 'Preview'}
              </Button>
            )}
          </>
        }
      >
        {draft !== null && !preview ? (
          <>
            <Textarea
              aria-label="Documentation in Markdown"
              autosize
              minRows={4}
              maxRows={24}
              value={draft}
              autoFocus
              onChange={(event) => setDraft(event.currentTarget.value)}
            />
            <p className={styles.hint}>Markdown. Saved when you click away; Esc discards the changes.</p>
          </>
        ) : shown === '' ? (
          <button type="button" className={styles.empty} onClick={() => setDraft('')}>
            What is this model for, and how was it made? Click to write.
          </button>
        ) : (
          <Suspense fallback={<p className={styles.plain}>{shown.slice(0, 500)}</p>}>
            <Markdown text={shown} />
          </Suspense>
        )}
      </Card>
    </div>
  )
}
