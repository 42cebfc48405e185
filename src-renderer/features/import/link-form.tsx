import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { operations } from '../../../src-contract/operations/operations.ts'
import { refreshFunctions } from '../../actions/change-many.ts'
import { Form } from '../../components/forms/form.tsx'
import { InputLine } from '../../components/forms/input-line.tsx'
import { call } from '../../lib/api/client.ts'
import { tellDone } from '../../lib/notices/notify.tsx'

/** The API calls the field by its own name; here the sentence stands beside it. */
const inWords = ({ message }: Error): string => message.replace(/^Url (?=must |is |has )/, 'This ')

type Props = { catalogue: string | null; onDone: () => void }

/** Brings in a model from an address; the cabinet downloads it in the background. */
export function LinkForm({ catalogue, onDone }: Props) {
  const [url, setUrl] = useState('')
  const link = useMutation({
    mutationFn: () =>
      call(operations.addFunctionLink, {
        body: { Url: url.trim(), ...(catalogue !== null && { Catalogues: [catalogue] }) },
      }),
    onSuccess: async () => {
      onDone()
      await refreshFunctions()
      tellDone('The download started. The status bar shows its progress.')
    },
  })
  return (
    <Form ready={url.trim() !== ''} onSubmit={link.mutate}>
      <InputLine
        label="URL"
        placeholder="https://example.com/detector.onnx or hf://organisation/repository"
        value={url}
        error={link.error && inWords(link.error)}
        onChange={(event) => {
          setUrl(event.currentTarget.value)
          link.reset()
        }}
      >
        <Button type="submit" variant="filled" disabled={url.trim() === '' || link.isPending}>
          Download
        </Button>
      </InputLine>
    </Form>
  )
}
