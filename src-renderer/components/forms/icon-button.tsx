import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'

type Props = ActionIconProps & { label: string; icon: TablerIcon; onClick: () => void }

/** A button that is a picture; its name shows when it is pointed at. */
export function IconButton({ label, icon: Icon, size = 22, ...button }: Props) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={size} aria-label={label} {...button}>
        <Icon size={size === 22 ? 14 : 16} />
      </ActionIcon>
    </Tooltip>
  )
}
