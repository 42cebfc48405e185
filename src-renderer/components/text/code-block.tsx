import styles from './code-block.module.css'

/** Code to be read and copied, which scrolls where it has no room. */
export function CodeBlock({ label, text, maxHeight }: { label: string; text: string; maxHeight?: number }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scroll} style={{ maxHeight }} tabIndex={0} aria-label={label}>
      <pre className={`${styles.code} mono`}>{text}</pre>
    </section>
  )
}
