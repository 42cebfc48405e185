import {
  IconAlertTriangle,
  IconCopy,
  IconDatabase,
  IconInbox,
  IconLink,
  IconStar,
  type TablerIcon,
} from '@tabler/icons-react'
import type { PlaceId } from '../../lib/state/listing-search.ts'

/** The picture of each fixed place, the same wherever it is offered. */
export const placeIcons: Readonly<Record<PlaceId, TablerIcon>> = {
  all: IconDatabase,
  starred: IconStar,
  uncatalogued: IconInbox,
  attention: IconAlertTriangle,
  linked: IconLink,
  duplicates: IconCopy,
}
