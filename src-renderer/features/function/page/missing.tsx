import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../../components/layout/empty-state.tsx'

/** An address that leads nowhere. */
export function Missing() {
  return (
    <EmptyState title="Page not found">
      The link may refer to something that was deleted. <Link to="/">Show all models</Link>.
    </EmptyState>
  )
}
