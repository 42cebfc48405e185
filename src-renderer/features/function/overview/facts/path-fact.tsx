import { useQuery } from '@tanstack/react-query'
import { Fact } from '../../../../components/layout/fact.tsx'
import { CopyButton } from '../../../../components/text/copy-button.tsx'
import { locationQuery } from '../../../../lib/api/queries.ts'
import styles from './path-fact.module.css'

/** Where the file lies on this machine, to be copied into a script; nothing where one may not know. */
export function PathFact({ uuid, sha256 }: { uuid: string; sha256: string }) {
  const location = useQuery(locationQuery(uuid, sha256))
  if (!location.data) return null
  const { Path } = location.data
  return (
    <Fact label="Path">
      <span className={`${styles.path} mono`} title={Path}>
        {/* The end tells more than the beginning; the mark keeps the first slash where it belongs. */}
        &lrm;{Path}
      </span>
      <CopyButton text={Path} what="the path" />
    </Fact>
  )
}
