import 'react'

declare module 'react' {
  interface CSSProperties {
    /** The app's own custom properties, for measures that only the program knows. */
    [name: `--${string}`]: string | number | undefined
  }
}
