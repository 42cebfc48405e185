import { Stack, type StackProps } from '@mantine/core'
import type { FormEvent } from 'react'

type Props = Omit<StackProps, 'onSubmit'> & { ready: boolean; onSubmit: () => void }

/** Fields below each other, sent by Enter or a button as soon as they are `ready`. */
export function Form({ ready, onSubmit, ...stack }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onSubmit()
  }
  return <Stack component="form" gap={16} {...stack} onSubmit={submit} />
}
