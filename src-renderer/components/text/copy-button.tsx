import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { IconButton } from '../forms/icon-button.tsx'

function useCopy(text: string) {
  const { copied, copy } = useClipboard({ timeout: 1500 })
  return { copied, icon: copied ? IconCheck : IconCopy, copy: () => copy(text) }
}

/** Copies a text and says so. `what` completes "Copy …". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { copied, icon, copy } = useCopy(text)
  return <IconButton label={copied ? 'Copied' : `Copy ${what}`} icon={icon} onClick={copy} />
}

/** The same with words. */
export function CopyCodeButton({ text, label }: { text: string; label: string }) {
  const { copied, icon: Icon, copy } = useCopy(text)
  return (
    <Button size="compact-sm" leftSection={<Icon size={14} />} onClick={copy}>
      {copied ? 'Copied' : label}
    </Button>
  )
}
