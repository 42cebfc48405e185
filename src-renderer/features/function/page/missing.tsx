import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../../components/layout/empty-state.tsx'

/** An address that leads nowhere. */
export function Missing() {
  return (
    <EmptyState title="There is nothing at this address">
      It may be a link to something that was deleted. <Link to="/">Show all models</Link>.
    </EmptyState>
  )
}
