import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import styles from './markdown.module.css'

function open(event: { preventDefault(): void }, url: string | undefined) {
  if (!window.cabinet || url === undefined) return
  event.preventDefault()
  void window.cabinet.openExternal(url)
}

// The page loads nothing from elsewhere: a picture becomes a link to it.
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer" onClick={(event) => open(event, href)}>
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noreferrer">
      {alt || 'picture'}
    </a>
  ),
}

/** Documentation as people wrote it. HTML in it stays text. */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.markdown}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
}
