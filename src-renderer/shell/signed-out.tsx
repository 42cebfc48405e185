import { useEffect } from 'react'
import { EmptyState } from '../components/layout/empty-state.tsx'
import { keepStartUpPreview } from '../lib/start/start-up-preview.ts'

/** A browser without its cookie: only the link that the cabinet prints can let it in. */
export function SignedOut() {
  useEffect(keepStartUpPreview, [])
  return (
    <EmptyState title="This browser is not signed in">
      Open the newest sign-in link from the Model Cabinet log. Each link works once. Your models are safe.
    </EmptyState>
  )
}
