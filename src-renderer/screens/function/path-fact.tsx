import { useQuery } from '@tanstack/react-query'
import { locationQuery } from '../../api/queries.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Fact } from '../../components/fact.tsx'
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
